import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NpmJudge } from '../../judges/support/npm-judge';
import { docker, skip } from '../engine';
import { Project } from './cli';
import { describePublish, temporaryDirectory } from './describe-publish';
import { writeOutput } from './fixture';
import { TestRegistry } from './registry';

/** A test that needs Trivy, which .ci/testbed installs. */
const describeWithTrivy = (title: string, tests: () => void): void => {
  const { lacks } = NpmJudge.trivy;
  if (lacks === undefined) {
    describePublish(title, [], tests);
  } else if (process.env.REQUIRE_ENGINE === '1') {
    it(`${title}: Trivy is required`, () => {
      throw new Error(lacks);
    });
  } else {
    skip(title, lacks, tests);
  }
};

/** A Dockerfile like that of the fixture, whose image is asked for by port and user. */
const DOCKERFILE = `FROM scratch
COPY text /app/settings.txt
LABEL org.opencontainers.image.title="fixture"
EXPOSE 8080/tcp
USER 10001:10001
ENTRYPOINT ["/app"]
`;

describeWithTrivy('the gate of the real Trivy', () => {
  const { path } = temporaryDirectory();
  let registry: TestRegistry;
  let project: Project;

  beforeAll(async () => {
    registry = await TestRegistry.start();
    // No vulnerability database can be had here: this one looks for secrets, and says that its knowledge is of today.
    const secretsOnly = join(path, 'trivy-secrets');
    const today = JSON.stringify({ Version: 'dev', VulnerabilityDB: { UpdatedAt: new Date().toISOString() } });
    writeFileSync(
      secretsOnly,
      `#!/bin/sh\nif [ "$1" = version ]; then echo '${today}'; else exec ${NpmJudge.trivy.path} "$@" --scanners secret; fi\n`,
      { mode: 0o755 },
    );
    const environment = (program: string, more: object = {}): object => ({
      registries: [{ registry: registry.host }],
      verify: 'inspect',
      scan: { scanner: 'trivy', program, ...more },
    });
    const exemption = { id: 'aws-access-key-id', reason: 'an example key of the documentation', expires: '2099-12-31' };
    project = new Project(join(path, 'project'), {
      real: environment(NpmJudge.trivy.path),
      secrets: environment(secretsOnly),
      exempt: environment(secretsOnly, { ignore: [exemption] }),
      expired: environment(secretsOnly, { ignore: [{ ...exemption, expires: '2020-01-01' }] }),
      absent: environment('/nowhere/trivy'),
    });
  });

  afterAll(() => registry.remove());

  const publish = (environment: string, name: string, text: string): ReturnType<Project['run']> => {
    writeOutput(project.output, [{ name, text, dockerfile: DOCKERFILE, architectures: ['amd64'] }]);
    return project.run(['publish', `--environment=${environment}`], {
      environment: { TRIVY_CACHE_DIR: join(path, 'cache') },
    });
  };

  it('fails without a database: no tag moves', async () => {
    const { status, stderr } = await publish('real', 'no-database', 'nothing');
    expect([status, stderr.includes('trivy is no proof')]).toEqual([14, true]);
    expect(await registry.tags('no-database')).toEqual([]);
  }, 60_000);

  it('fails where the scanner is not installed', async () => {
    const { status, stderr } = await publish('absent', 'absent', 'nothing');
    expect([status, stderr.includes('/nowhere/trivy is not installed')]).toEqual([14, true]);
    expect(await registry.tags('absent')).toEqual([]);
  });

  it('passes an image without findings, and Trivy’s list of its packages is attested', async () => {
    // WHEN
    const { status } = await publish('secrets', 'clean', 'nothing');
    // THEN
    expect(status).toBe(0);
    const { attested, scan, notAttested } = project.receipt.images.clean!.architectures.amd64!;
    expect(attested).toEqual(['https://slsa.dev/provenance/v0.2', 'https://spdx.dev/Document']);
    expect(scan).toMatchObject({ scanner: 'trivy', findings: 0 });
    expect(notAttested.join()).toContain('the image of its scanner cannot be pulled');
    const shown = docker('buildx', 'imagetools', 'inspect', '--format={{json .SBOM}}', `${registry.host}/clean:latest`);
    expect(JSON.parse(shown)).toMatchObject({ SPDX: { spdxVersion: 'SPDX-2.3' } });
  });

  // An access key in the form of the documentation of AWS, put together here so that nobody takes this file for a leak.
  const key = ['AKIA', 'QWERTYUIOPASDFGH'].join('');
  const secret = `aws_access_key_id = "${key}"`;

  it('fails an image with a secret, and keeps the report as JSON and SARIF', async () => {
    const { status, stderr } = await publish('secrets', 'leaky', secret);
    expect([status, stderr.includes('CRITICAL aws-access-key-id')]).toEqual([14, true]);
    expect(await registry.tags('leaky')).toEqual([]);
    const reports = join(project.directory, '.publish/scans/leaky-amd64.trivy');
    expect(existsSync(`${reports}.json`)).toBe(true);
    expect(JSON.parse(readFileSync(`${reports}.sarif`, 'utf8'))).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ ruleId: 'aws-access-key-id', level: 'error' }] }],
    });
  });

  it.each([
    ['a .trivyignore', '.trivyignore', 'aws-access-key-id\n'],
    ['a trivy.yaml', 'trivy.yaml', 'severity: [LOW]\n'],
  ])('fails it although %s in the project would leave it out', async (_, name, content) => {
    // GIVEN an exemption without a reason and a last day
    const file = join(project.directory, name);
    writeFileSync(file, content);
    // WHEN
    const { status, stderr } = await publish('secrets', 'hidden', secret);
    rmSync(file);
    // THEN
    expect([status, stderr.includes('CRITICAL aws-access-key-id')]).toEqual([14, true]);
    expect(await registry.tags('hidden')).toEqual([]);
  });

  it('lets pass what is exempt, until its last day', async () => {
    const expired = await publish('expired', 'exempt', secret);
    expect([expired.status, expired.stderr.includes('ran out on 2020-01-01')]).toEqual([14, true]);
    const { status } = await publish('exempt', 'exempt', secret);
    expect([status, await registry.tags('exempt')]).toEqual([0, ['latest']]);
  });
});
