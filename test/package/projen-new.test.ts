import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { packTarball, REPOSITORY } from './support/pack';
import { WorkflowRun } from './support/workflow';
import { ARCHITECTURE, BASE } from '../e2e/engine';
import { describePublish } from '../e2e/publish/describe-publish';
import { generateKeys, KEY_PASSWORD } from '../e2e/publish/keys';

/** Whoever commits. */
const GIT = {
  GIT_AUTHOR_NAME: 'somebody',
  GIT_AUTHOR_EMAIL: 'somebody@example.com',
  GIT_COMMITTER_NAME: 'somebody',
  GIT_COMMITTER_EMAIL: 'somebody@example.com',
};

let directory: string;

function run(command: string, ...args: string[]): string {
  return execFileSync(command, args, {
    cwd: directory,
    encoding: 'utf8',
    // A person is at a terminal: in CI projen asks npm for a lock file that a new folder does not have yet.
    env: { ...process.env, ...GIT, CI: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 280_000,
    maxBuffer: 64 << 20,
  });
}

const read = (path: string): string => readFileSync(join(directory, path), 'utf8');

function change(path: string, find: string, replacement: string): void {
  const text = read(path);
  expect(text).toContain(find);
  writeFileSync(join(directory, path), text.replace(find, replacement));
}

/** The blocks of the tutorial that are run or written, in their order. */
const BLOCKS = [
  ...readFileSync(join(REPOSITORY, 'docs/tutorial.md'), 'utf8').matchAll(/^```(sh|ts)\n([\s\S]*?)^```$/gm),
].map(([, language, text]) => ({ language: language!, text: text! }));

/** Does what a block of the tutorial says: runs it, or writes the file that its first line names. */
function follow({ language, text }: (typeof BLOCKS)[number]): void {
  if (language === 'ts') {
    const [, file = ''] = /^\/\/ (\S+)\n/.exec(text) ?? [];
    writeFileSync(join(directory, file), text);
  } else {
    run('bash', '-euo', 'pipefail', '-c', text);
  }
}

/** In an empty folder, with nothing but the tarball: the first block of the tutorial. */
beforeAll(() => {
  const tarball = packTarball();
  directory = mkdtempSync(join(tmpdir(), 'projen-new-'));
  cpSync(tarball, join(directory, basename(tarball)));
  expect(BLOCKS[0]!.text).toContain(`new --from ./${basename(tarball)} nginx-php`);
  follow(BLOCKS[0]!);
}, 600_000);

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('projen new from the tarball', () => {
  it('gives a repository that is synthesized, committed and up to date', () => {
    expect(read('.projenrc.ts')).toContain('import { NginxPhpProject } from "projen-nginx-php";');
    expect(existsSync(join(directory, 'output/web-debian/amd64/Dockerfile'))).toBe(true);
    expect(run('git', 'status', '--porcelain')).toBe('');
    expect(run('npx', 'projen', 'synth', '--', '--check')).toContain('up to date');
  });

  it('has a test that passes, types that agree, and an .npmrc, a lock file and tasks that need nothing else', () => {
    expect(run('npx', 'projen', 'compile')).not.toContain('error');
    const { status, stderr } = spawnSync('npx', ['projen', 'test'], { cwd: directory, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, expect.stringContaining('1 passed')]);
  });

  it('has the commands as tasks, with their arguments behind --', () => {
    const steps = run(
      'npx',
      'projen',
      'build:image',
      '--',
      '--php',
      '8.4',
      '--platform',
      'debian',
      '--arch',
      'all',
      '--dry-run',
    );
    expect(steps).toMatch(/build web-debian\/amd64[^]*build web-debian\/arm64/);
    expect(steps).not.toContain('web-alpine');
    const written = run(
      'npx',
      'projen',
      'build:dockerfile',
      '--',
      '--platform',
      'alpine',
      '--arch',
      'arm64',
      '--output',
      '.cache/contexts',
    );
    expect(written).toBe('.cache/contexts/web-alpine/arm64\n');
    rmSync(join(directory, '.cache'), { recursive: true });
  });

  it('shows a change of the matrix as a diff that a person expects', () => {
    // WHEN an image is added and another one is changed
    change('images.ts', "'debian']", "'debian', 'ubuntu']");
    change('images.ts', "memoryLimit: '256M'", "memoryLimit: platform === 'debian' ? '512M' : '256M'");
    const begin = performance.now();
    const output = run('npx', 'projen', 'synth');
    // THEN the one is new, the other one differs in that value alone, and the third has not changed
    expect(performance.now() - begin).toBeLessThan(60_000);
    expect(output).toMatch(/^output: \d+ written, 0 removed, \d+ unchanged$/m);
    run('git', 'add', '--all');
    const changes = run('git', 'diff', '--cached', '--name-status').trim().split('\n');
    const paths = (status: string) => changes.filter((line) => line.startsWith(status)).map((line) => line.slice(2));
    expect(paths('A').filter((path) => !path.startsWith('output/web-ubuntu/'))).toEqual([]);
    expect(paths('A')).toContain('output/web-ubuntu/arm64/Dockerfile');
    expect(paths('D')).toEqual([]);
    expect(paths('M').filter((path) => path.startsWith('output/web-alpine/'))).toEqual([]);
    expect(
      run('git', 'diff', '--cached', '-U0', 'output/web-debian/amd64/config/php.ini').split('\n').slice(-3),
    ).toEqual(['-memory_limit = 256M', '+memory_limit = 512M', '']);
    run('git', 'reset', '--hard', '--quiet');
  });

  it('is what the rest of the tutorial is followed in, to a commit', () => {
    BLOCKS.slice(1).forEach(follow);
    expect(run('git', 'log', '-1', '--format=%s')).toBe('feat: a queue for mails\n');
    expect(run('git', 'status', '--porcelain')).toBe('');
    expect(run('npx', 'projen', 'synth', '--', '--check')).toContain('up to date');
    expect(existsSync(join(directory, 'output/web-debian/amd64/s6-overlay/service/mail-2/run'))).toBe(true);
  }, 120_000);
});

describePublish('the jobs of the workflow, run as they stand in it', ['cosign', 'skopeo'], () => {
  const namespace = `pipeline-${process.pid}`;
  let workflow: WorkflowRun;

  afterAll(() => workflow?.remove());

  it('end with a signed index, at its tag', () => {
    // GIVEN a repository with one image of one architecture, a registry here, and a key instead of an identity
    const sign = generateKeys(join(directory, 'key'));
    const production = {
      registries: [{ registry: '127.0.0.1:5000', namespace }],
      sign: { key: join(directory, 'key.key'), publicKey: sign.publicKey },
      verify: 'inspect',
    };
    change(
      '.projenrc.ts',
      '  projenrcTs: true,',
      `  projenrcTs: true,\n  imageEnvironments: ${JSON.stringify({ production })},`,
    );
    // Of the newest version not every binary is to be had from every registry; then the lock file is not whole.
    change(
      '.projenrc.ts',
      'project.synth()',
      "project.package.addPackageResolutions('unrs-resolver@1.12.2');\nproject.synth()",
    );
    change('images.ts', "['alpine', 'debian']", "['debian']");
    change('images.ts', '      platform,', `      platform,\n      architectures: ['${ARCHITECTURE as 'amd64'}'],`);
    change('test/images.test.ts', 'amd64', ARCHITECTURE);
    run('npx', 'projen');
    run('git', 'add', '--all');
    run('git', 'commit', '--quiet', '--message', 'feat: one image');
    // WHEN
    workflow = new WorkflowRun(directory, '.github/workflows/images.yml', {
      'vars.IMAGE_BUILD_CONTEXTS': `--build-context base=docker-image://${BASE}`,
      'vars.IMAGE_BUILD_FLAGS': '--network host',
      "github.event_name == 'schedule' && '--refresh' || ''": '',
      'secrets.COMPOSER_AUTH': '',
      'vars.REGISTRY_USERNAME || github.actor': '',
      'secrets.REGISTRY_PASSWORD || secrets.GITHUB_TOKEN': '',
      'secrets.COSIGN_PASSWORD': KEY_PASSWORD,
    });
    const { 'matrix.matrix': matrix = '{}' } = workflow.run('synth');
    const { include } = JSON.parse(matrix) as { include: ReadonlyArray<Readonly<Record<string, string>>> };
    expect(include).toEqual([{ image: 'web-debian', architecture: ARCHITECTURE, runner: expect.any(String) }]);
    for (const place of include) {
      workflow.run('build', Object.fromEntries(Object.entries(place).map(([key, value]) => [`matrix.${key}`, value])));
    }
    workflow.run('join');
    // THEN
    const reference = `127.0.0.1:5000/${namespace}/web-debian:latest`;
    const args = ['--allow-http-registry', '--insecure-ignore-tlog=true', `--key=${sign.publicKey}`];
    expect(spawnSync('cosign', ['verify', ...args, reference], { encoding: 'utf8' }).status).toBe(0);
    const raw = execFileSync('skopeo', ['inspect', '--raw', '--tls-verify=false', `docker://${reference}`], {
      encoding: 'utf8',
    });
    const { manifests } = JSON.parse(raw) as { manifests: ReadonlyArray<{ platform: { architecture: string } }> };
    expect(manifests.map(({ platform }) => platform.architecture)).toContain(ARCHITECTURE);
    expect(workflow.ran).toContain('Join, sign, tag');
  }, 900_000);
});
