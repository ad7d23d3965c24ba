import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DockerfileGeneratorError } from '../../../src/errors';
import { DockerEngine, type RunOptions } from '../../../src/verify';

let directory: string;
let docker: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'docker-test-'));
  docker = join(directory, 'docker');
});

afterEach(() => rmSync(directory, { recursive: true }));

/** A program in the place of docker: notes its arguments, prints, and ends with a status. */
function pretend(stdout: string, status = 0, stderr = ''): DockerEngine {
  const log = JSON.stringify(join(directory, 'log'));
  writeFileSync(
    docker,
    `#!${process.execPath}
require('node:fs').appendFileSync(${log}, JSON.stringify(process.argv.slice(2)) + '\\n');
process.stdout.write(${JSON.stringify(stdout)});
process.stderr.write(${JSON.stringify(stderr)});
process.exitCode = ${status};`,
  );
  chmodSync(docker, 0o755);
  return new DockerEngine(docker);
}

function calls(): string[][] {
  const lines = readFileSync(join(directory, 'log'), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as string[]);
}

const OPTIONS: RunOptions = {
  image: 'shop:amd64',
  user: '123456:0',
  environment: { NAME: '$(touch /tmp/pwned) "quoted"' },
  memoryMounts: [{ target: '/run', options: 'rw,exec' }],
  volumes: ['/data'],
  bindMounts: [{ source: '/app', target: '/var/www/html' }],
  ports: [8080],
  memory: '512m',
  pids: 200,
  securityOptions: ['seccomp=seccomp.json'],
};

test('a container gets every hardening flag, and arguments stay arguments', async () => {
  // WHEN
  await pretend('0123abc\n').create(OPTIONS);
  // THEN
  const [[command, ...flags]] = calls() as [[string, ...string[]]];
  expect(command).toBe('create');
  expect(flags).toEqual(
    expect.arrayContaining([
      '--read-only',
      '--cap-drop=ALL',
      '--security-opt=no-new-privileges:true',
      '--security-opt=seccomp=seccomp.json',
      '--tmpfs=/run:rw,exec',
      '--volume=/app:/var/www/html:ro',
      '--env=NAME=$(touch /tmp/pwned) "quoted"',
      '--publish=127.0.0.1::8080',
      '--user=123456:0',
    ]),
  );
  expect(flags.at(-1)).toBe('shop:amd64');
});

test('what a command in a container says and how it ends is a result, not an error', async () => {
  const result = await pretend('out', 7, 'err').run(OPTIONS, ['php', '-r', 'exit(7);']);
  expect(result).toEqual({ status: 7, stdout: 'out', stderr: 'err' });
  expect(calls()[0]!.slice(-3)).toEqual(['php', '-r', 'exit(7);']);
});

test('health checks are read from what docker inspect prints', async () => {
  // GIVEN
  const health = {
    Status: 'healthy',
    Log: [
      { End: '2026-11-23T07:00:00.5Z', ExitCode: 1 },
      { End: '2026-11-23T07:00:01Z', ExitCode: 0 },
    ],
  };
  const engine = pretend(JSON.stringify([{ State: { Running: true, ExitCode: 0, Pid: 42, Health: health } }]));
  // THEN
  expect(await engine.inspect('c')).toEqual({
    running: true,
    exitCode: 0,
    pid: 42,
    health: 'healthy',
    passedHealthChecks: [Date.parse('2026-11-23T07:00:01Z')],
  });
});

test('without docker, without an engine and without buildx the error says what to install', async () => {
  // WHEN
  const errors = await Promise.all([
    new DockerEngine(join(directory, 'nowhere')).assertRuns().catch((error: unknown) => error),
    pretend('', 1, 'Cannot connect to the Docker daemon')
      .assertRuns()
      .catch((error: unknown) => error),
  ]);
  // THEN
  for (const error of errors) {
    expect(error).toBeInstanceOf(DockerfileGeneratorError);
    expect(error).toMatchObject({ type: 'DOCKER_ERROR', exitStatus: 15 });
    expect((error as DockerfileGeneratorError).suggestions[0]).toContain('install Docker Engine');
  }
  expect(String(errors[1])).toContain('Cannot connect to the Docker daemon');
});

test('a docker command that fails says which, and the end of what it printed', async () => {
  await expect(pretend('', 125, 'no such image\n').create(OPTIONS)).rejects.toThrow(
    /DOCKER_ERROR[\s\S]*docker create ended with status 125[\s\S]*no such image/,
  );
});
