import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endOf, removeTemporaryDirectories, temporaryDirectory, type ChildResult } from '../synth/support';

const ROOT = join(__dirname, '../../..');

afterEach(removeTemporaryDirectories);

/** A project of a person, with a module of images. */
function project(body: string): string {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'node_modules'));
  symlinkSync(join(ROOT, 'node_modules/constructs'), join(directory, 'node_modules/constructs'));
  writeFileSync(
    join(directory, 'images.ts'),
    `import { ImageConstruct } from ${JSON.stringify(join(ROOT, 'src'))};\n${body}`,
  );
  return directory;
}

const ONE = `export default (app) => { new ImageConstruct(app, 'shop', { php: '8.4', platform: 'debian', architectures: ['amd64'] }); };\n`;

function run(directory: string, ...args: string[]): Promise<ChildResult> {
  const command = [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), join(ROOT, 'src/cli/main.ts'), ...args];
  return endOf(spawn(process.execPath, command, { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] }));
}

test('synth writes the images of images.ts, once; check says that they are up to date, and what differs', async () => {
  // GIVEN
  const directory = project(ONE);
  // WHEN
  const first = await run(directory, 'synth');
  const second = await run(directory, 'synth');
  const upToDate = await run(directory, 'synth', '--check');
  appendFileSync(join(directory, 'output/shop/README.md'), 'mine');
  const drift = await run(directory, 'synth', '--check');
  const refused = await run(directory, 'synth');
  const forced = await run(directory, 'synth', '--force');
  // THEN
  expect(first).toMatchObject({
    status: 0,
    stderr: '',
    stdout: expect.stringMatching(/^output: \d\d written, 0 removed, 0 unchanged\n$/),
  });
  expect(second.stdout).toMatch(/^output: 0 written, 0 removed, \d\d unchanged\n$/);
  expect(upToDate).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^output is up to date \(\d\d files\)\n$/),
  });
  expect(drift).toMatchObject({ status: 1, stdout: expect.stringContaining('  differs: shop/README.md\n') });
  expect(refused).toMatchObject({ status: 13, stderr: expect.stringContaining('output/shop/README.md') });
  expect(forced).toMatchObject({ status: 0, stdout: expect.stringMatching(/^output: 1 written/) });
});

test('a configuration that is refused ends with status 11, and writes nothing', async () => {
  const directory = project(ONE.replace('debian', 'debain'));
  const { status, stderr } = await run(directory, 'synth');
  expect([status, existsSync(join(directory, 'output'))]).toEqual([11, false]);
  expect(stderr).toContain('shop\n  there is no platform "debain"\n  do:  write "debian"');
});

test.each([
  ['no module', [], ['--app', 'nowhere.ts'], 10, 'there is no such file'],
  ['a module without a default export', ['export const images = 1;\n'], [], 10, 'its default export is not a function'],
  ['a module that throws', ['throw new Error("broken on purpose");\n'], [], 10, 'broken on purpose'],
  ['a module that is no TypeScript', ['export default ((;\n'], [], 10, 'images.ts'],
  ['an unknown option', [ONE], ['--frobnicate'], 2, "unknown option '--frobnicate'"],
] as const)('%s is a clear error', async (_, [body = ''], args, status, text) => {
  const result = await run(project(body), 'synth', ...args);
  expect(result.status).toBe(status);
  expect(result.stderr).toContain(text);
});

test('ls lists the images, also as JSON, and writes nothing', async () => {
  const directory = project(ONE);
  const [table, json] = await Promise.all([run(directory, 'ls'), run(directory, 'ls', '--json')]);
  expect(table.stdout).toMatch(/^IMAGE .*\nshop +8\.4 +debian trixie +amd64 /);
  expect(Object.keys(JSON.parse(json.stdout) as object)).toEqual(['shop']);
  expect(existsSync(join(directory, 'output'))).toBe(false);
});
