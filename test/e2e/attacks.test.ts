import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ATTACKS, type Control } from './attacks/attacks';
import { Compose, lacksCompose } from './compose';
import { BASE, build, describeWithEngine, docker } from './engine';
import { Server } from './server';

const DIRECTORY = join(__dirname, '../../output/nginx-php-fpm-8.4-debian');
const IMAGE = 'projen-nginx-php-e2e:attacks';

/** What each control gives up, and the image that it runs. */
const CONTROLS: Readonly<Record<Control, { readonly flags: readonly string[]; readonly image: string }>> = {
  plain: { flags: [], image: IMAGE },
  root: { flags: ['--user=0'], image: IMAGE },
  unconfined: { flags: ['--security-opt=seccomp=unconfined'], image: IMAGE },
  privileged: { flags: ['--user=0', '--privileged'], image: IMAGE },
  base: { flags: [], image: BASE },
};

jest.setTimeout(120_000);

describeWithEngine('an attacker inside of the Debian 8.4 image, run by its own compose.yaml', () => {
  let directory: string;
  let compose: Compose;
  let seen: Map<string, string>;
  let controls: Map<string, string>;

  beforeAll(async () => {
    const reason = lacksCompose();
    if (reason !== undefined) {
      throw new Error(reason);
    }
    build(join(DIRECTORY, 'amd64'), IMAGE);
    // GIVEN programs that the image does not have
    directory = mkdtempSync(join(tmpdir(), 'attacks-'));
    const program = join(directory, 'attack');
    execFileSync('gcc', ['-static', '-O1', '-Wall', '-o', program, join(__dirname, 'attacks/attack.c')]);
    const mounts = [`${program}:/opt/attack`, `${join(directory, 'setuid')}:/opt/setuid`];
    const asRoot = [`--volume=${program}:/opt/attack:ro`, `--volume=${directory}:/work`, '--user=0'];
    docker('run', '--rm', ...asRoot, '--entrypoint=/opt/attack', IMAGE, 'make-setuid', '/work/setuid');
    compose = new Compose({
      directory: DIRECTORY,
      files: ['compose.yaml'],
      project: 'projen-nginx-php-e2e-attacks',
      environment: { IMAGE },
      mounts,
    });
    const container = compose.up();
    await Server.attach(container);
    // WHEN
    seen = outcomes(docker('exec', container, '/opt/attack', ...ATTACKS.map(({ name }) => name)));
    controls = new Map(
      (Object.keys(CONTROLS) as Control[]).flatMap((control) => [...outcomes(runControl(control, mounts))]),
    );
    process.stdout.write(`${table(seen, controls)}\n`);
  }, 600_000);

  afterAll(() => {
    compose?.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  it.each(ATTACKS.map(({ name, tries, fails }) => [tries, fails, name]))('%s: %s', (_, fails, name) => {
    expect(seen.get(name!)).toBe(fails);
  });

  it('succeeds in a container that has given up what stops it, or does not count', () => {
    const dead = ATTACKS.filter(({ name }) => controls.get(name) !== 'succeeded');
    expect(dead.filter(({ optional }) => !optional).map(({ name }) => [name, controls.get(name)])).toEqual([]);
    expect(ATTACKS.length - dead.length).toBeGreaterThanOrEqual(35);
  });

  it('still serves afterwards', async () => {
    const container = docker('ps', '--quiet', '--filter=label=com.docker.compose.project=projen-nginx-php-e2e-attacks');
    const server = await Server.attach(container.trim());
    expect(await (await server.fetch('/ping')).text()).toBe('pong');
  });
});

/** Runs the attacks of a control in a container of its own. */
function runControl(control: Control, mounts: readonly string[]): string {
  const { flags, image } = CONTROLS[control];
  const names = ATTACKS.filter((item) => item.control === control).map(({ name }) => name);
  const volumes = mounts.map((mount) => `--volume=${mount}:ro`);
  return docker('run', '--rm', ...volumes, ...flags, '--entrypoint=/opt/attack', image, ...names);
}

/** What attack.c printed, by the name of the attack: `succeeded`, an errno, or a signal. */
function outcomes(printed: string): Map<string, string> {
  return new Map(
    printed
      .trim()
      .split('\n')
      .map((line) => {
        const [name, code] = line.split(' ');
        return [name!, outcome(Number(code))] as const;
      }),
  );
}

function outcome(code: number): string {
  const names = Object.entries(code < 0 ? constants.signals : constants.errno);
  return code === 0 ? 'succeeded' : (names.find(([, value]) => value === Math.abs(code))?.[0] ?? String(code));
}

function table(seen: Map<string, string>, controls: Map<string, string>): string {
  const rows = ATTACKS.map(({ name, tries, fails, control }) => [
    tries,
    fails,
    seen.get(name) ?? '-',
    `${control}: ${controls.get(name) ?? '-'}`,
  ]);
  const all = [['attack', 'stated', 'seen', 'control'], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
