import { execFile, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '../eventually';
import { Project, type CliResult } from './cli';
import { describePublish, temporaryDirectory } from './describe-publish';
import { writeOutput } from './fixture';
import { generateKeys, KEY_PASSWORD } from './keys';
import { descendants, read } from './processes';
import { FaultProxy } from './proxy';
import { TestRegistry } from './registry';
import { OwnDockerConfig } from '../../../src/publish/credentials/own-docker-config';

const USER = 'shopkeeper';

/** Looked for everywhere, in all of these forms. */
const SECRET = 'Pl4nted/Secret+"x';

const FORMS = [
  SECRET,
  encodeURIComponent(SECRET),
  JSON.stringify(SECRET).slice(1, -1),
  Buffer.from(SECRET).toString('base64'),
  Buffer.from(`${USER}:${SECRET}`).toString('base64'),
];

function finds(text: string): boolean {
  return FORMS.some((form) => text.includes(form));
}

/** Files below a directory that hold the secret. */
function filesWithSecret(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) {
      return filesWithSecret(path);
    }
    return entry.isFile() && finds(readFileSync(path, 'latin1')) ? [path] : [];
  });
}

describePublish('a planted password', ['cosign'], () => {
  const { path } = temporaryDirectory();
  const temporary = join(path, 'tmp');
  let registry: TestRegistry;
  let proxy: FaultProxy;
  let project: Project;
  /** Processes that were seen with the secret, in their arguments or their environment. */
  const leaks: string[] = [];
  const watched = new Set<string>();

  beforeAll(async () => {
    registry = await TestRegistry.start();
    const basic = `Basic ${Buffer.from(`${USER}:${SECRET}`).toString('base64')}`;
    proxy = await FaultProxy.start(registry.port, ({ headers }) =>
      headers.authorization === basic
        ? undefined
        : {
            status: 401,
            headers: { 'www-authenticate': 'Basic realm="test"' },
            // A registry that repeats what it was shown.
            body: JSON.stringify({ errors: [{ code: 'UNAUTHORIZED', message: `not ${SECRET}` }] }),
          },
    );
    mkdirSync(temporary);
    project = new Project(join(path, 'project'), {
      test: { registries: [{ registry: proxy.host }], verify: 'inspect', sign: generateKeys(join(path, 'key')) },
    });
  });

  afterAll(async () => {
    await proxy.stop();
    await registry.remove();
  });

  /** Looks at every process below one. */
  function look(pid: number): void {
    const own = read(`/proc/${pid}/cmdline`);
    for (const child of descendants(pid)) {
      const command = read(`/proc/${child}/cmdline`);
      const environment = read(`/proc/${child}/environ`);
      // Between fork and exec a child is still this process itself; during an exec it is neither, and is seen again.
      if (command === own || command === '' || command !== read(`/proc/${child}/cmdline`)) {
        continue;
      }
      watched.add(command.split('\0')[0]!.split('/').at(-1)!);
      const key = environment.includes(KEY_PASSWORD) && !command.includes('cosign');
      if (finds(command) || finds(environment) || key) {
        leaks.push(command.replaceAll('\0', ' '));
      }
    }
  }

  async function publish(args: readonly string[], input = '', more: Record<string, string> = {}): Promise<CliResult> {
    let timer: NodeJS.Timeout | undefined;
    const result = await project.run(['publish', '--environment=test', '--log-format=json', ...args], {
      input,
      environment: { TMPDIR: temporary, COSIGN_PASSWORD: KEY_PASSWORD, ...more },
      onEvent: (_, __, pid) => {
        look(pid);
        timer ??= setInterval(() => look(pid), 5);
      },
    });
    clearInterval(timer);
    return result;
  }

  it('is found where a child has it, in its arguments or in its environment', async () => {
    // GIVEN a process with two children
    const script = 'SECRET="$0" sleep 9 & sh -c "echo up; sleep 9; :" "$0" & wait';
    const parent = spawn('sh', ['-c', script, SECRET]);
    // WHEN both are up
    const seen = await eventually(() => {
      look(parent.pid!);
      return new Set(leaks).size < 2 ? undefined : [...new Set(leaks.splice(0))];
    });
    // THEN
    expect(seen?.sort()).toEqual([expect.stringMatching(/^sh .*Pl4nted/), 'sleep 9 ']);
    [parent.pid!, ...descendants(parent.pid!)].forEach((pid) => process.kill(pid));
  });

  it('from standard input publishes and signs, and is nowhere afterwards', async () => {
    // GIVEN
    writeOutput(project.output, [{ name: 'web', text: 'one' }]);
    // WHEN
    const { status, stdout, stderr } = await publish([`--username=${USER}`, '--password-stdin'], `${SECRET}\n`);
    // THEN
    expect([status, finds(stdout), finds(stderr), leaks]).toEqual([0, false, false, []]);
    expect(filesWithSecret(path)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
    expect([...watched]).toEqual(expect.arrayContaining(['docker', 'docker-buildx', 'cosign']));
    expect((await registry.complete('web', 'latest')).architectures).toEqual(['amd64', 'arm64']);
  }, 60_000);

  it('from the environment is given to no child', async () => {
    writeOutput(project.output, [{ name: 'web', text: 'two' }]);
    const result = await publish([], '', { REGISTRY_USERNAME: USER, REGISTRY_PASSWORD: SECRET });
    expect([result.status, finds(result.stdout + result.stderr), leaks]).toEqual([0, false, []]);
    expect(filesWithSecret(path)).toEqual([]);
  }, 60_000);

  it('on the command line works, warns, and is given to no child', async () => {
    writeOutput(project.output, [{ name: 'web', text: 'three' }]);
    const result = await publish([`--username=${USER}`, `--password=${SECRET}`]);
    expect([result.status, finds(result.stdout + result.stderr), leaks]).toEqual([0, false, []]);
    expect(result.stderr).toContain('use --password-stdin');
  }, 60_000);

  it('that is wrong is not repeated, even where the registry repeats it', async () => {
    const result = await publish(['--username=somebody', '--password-stdin'], SECRET);
    expect([result.status, finds(result.stdout + result.stderr)]).toEqual([16, false]);
    expect(result.stderr).toContain('UNAUTHORIZED: not [hidden]');
    expect(filesWithSecret(path)).toEqual([]);
  });

  it('of Docker’s own credential helper is used', async () => {
    // GIVEN a helper, and a configuration of Docker that names it
    const bin = join(path, 'bin');
    const config = join(path, 'docker');
    [bin, config].forEach((directory) => mkdirSync(directory));
    const answer = JSON.stringify({ ServerURL: '', Username: USER, Secret: SECRET });
    writeFileSync(join(bin, 'docker-credential-fake'), `#!/bin/sh\ncat >/dev/null\ncat "$ANSWER"\n`, { mode: 0o755 });
    const file = join(path, 'answer');
    writeFileSync(file, answer);
    writeFileSync(join(config, 'config.json'), JSON.stringify({ credsStore: 'fake' }));
    // WHEN
    const result = await publish([], '', { PATH: `${bin}:${process.env.PATH}`, DOCKER_CONFIG: config, ANSWER: file });
    // THEN
    expect([result.status, finds(result.stdout + result.stderr), leaks]).toEqual([0, false, []]);
  }, 60_000);

  it('leaves the person’s own configuration as it is, and their contexts, builders and helpers at work', async () => {
    // GIVEN
    const original = join(path, 'person');
    mkdirSync(original);
    const other = Buffer.from('me:inline').toString('base64');
    const config = { auths: { 'other.example': { auth: other } }, credsStore: 'fake', currentContext: 'default' };
    writeFileSync(join(original, 'config.json'), JSON.stringify(config));
    // Not in step with this process: it is the registry.
    const docker = async (env: Readonly<Record<string, string>>, ...args: string[]): Promise<string> =>
      (await promisify(execFile)('docker', args, { env: { ...process.env, ...env } })).stdout;
    const mine = { DOCKER_CONFIG: original };
    await docker(mine, 'context', 'create', 'elsewhere', '--docker=host=tcp://127.0.0.1:1');
    await docker(mine, 'buildx', 'create', '--name=faraway', '--driver=remote', 'tcp://127.0.0.1:1');
    // WHEN
    const given = { host: proxy.host, credentials: { username: USER, password: SECRET } };
    const own = OwnDockerConfig.create(original, given, temporary);
    // THEN
    expect(await docker(own.environment, 'context', 'ls', '--format={{.Name}}')).toContain('elsewhere');
    expect(await docker(own.environment, 'buildx', 'ls')).toContain('faraway');
    expect(readFileSync(join(own.directory, 'config.json'), 'utf8')).not.toContain(other);
    expect(statSync(own.directory).mode & 0o777).toBe(0o700);
    // The helper, which is not even there, is not asked for the registry that the password is for.
    await docker(own.environment, 'pull', '--quiet', `${proxy.host}/web:latest`);
    await docker(mine, 'image', 'rm', `${proxy.host}/web:latest`);
    own.remove();
    expect(existsSync(own.directory)).toBe(false);
    expect(JSON.parse(readFileSync(join(original, 'config.json'), 'utf8'))).toEqual(config);
  });

  it('that a killed process left is removed by the next', () => {
    // GIVEN a directory of a process that is gone
    const left = join(temporary, 'projen-nginx-php-docker-999999999-abc');
    mkdirSync(left);
    chmodSync(left, 0o700);
    // WHEN
    const given = { host: proxy.host, credentials: { username: USER, password: SECRET } };
    OwnDockerConfig.create(join(path, 'none'), given, temporary).remove();
    // THEN
    expect(existsSync(left)).toBe(false);
  });
});
