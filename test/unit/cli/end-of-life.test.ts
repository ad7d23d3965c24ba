import { spawn } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endOf, listing, removeTemporaryDirectories, temporaryDirectory, type ChildResult } from '../synth/support';

const ROOT = join(__dirname, '../../..');

afterEach(removeTemporaryDirectories);

/** When the support of a PHP and of a release ends, and the images that have them. */
interface Days {
  readonly php: string;
  readonly base: string;
  /** @default ['shop'] */
  readonly images?: readonly string[];
}

/** Runs `synth` in a project with images of a release and a PHP whose support ends on given days. */
async function synth(days: Days, ...args: string[]) {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'node_modules'));
  symlinkSync(join(ROOT, 'node_modules/constructs'), join(directory, 'node_modules/constructs'));
  writeFileSync(
    join(directory, 'images.ts'),
    `import { Catalog, DebianPlatform, ImageConstruct } from ${JSON.stringify(join(ROOT, 'src'))};
const shipped = Catalog.shipped();
const life = shipped.lifecycle('8.4');
const release = shipped.release('debian', 'trixie');
const platform = new DebianPlatform(shipped.with({
  lifecycles: { '8.4': { ...life, securitySupportEnd: '${days.php}' } },
  releases: { debian: [{ ...release, endOfLife: { ...release.endOfLife, date: '${days.base}', extended: undefined } }] },
}));
export default (app) => ${JSON.stringify(days.images ?? ['shop'])}.forEach((name) => {
  new ImageConstruct(app, name, { php: '8.4', platform, architectures: ['amd64'] });
});
`,
  );
  const command = [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), join(ROOT, 'src/cli/main.ts'), 'synth', ...args];
  const child = spawn(process.execPath, command, { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] });
  const result: ChildResult = await endOf(child);
  const contents = Object.entries(listing(join(directory, 'output'))).map(([path, { content }]) => [path, content]);
  return { ...result, contents };
}

const LATE = '9999-12-30';
const PAST = '2020-01-01';

test.each([
  ['a PHP', { php: PAST, base: LATE }, 'PHP 8.4'],
  ['a base', { php: LATE, base: PAST }, 'debian trixie'],
])('%s that gets no fixes any more is a warning, and a failure where that is asked for', async (_, days, what) => {
  // WHEN
  const [plain, asked] = await Promise.all([synth(days), synth(days, '--fail-on-end-of-life')]);
  // THEN
  expect([plain.status, asked.status]).toEqual([0, 3]);
  for (const { stderr } of [plain, asked]) {
    expect(stderr).toContain(`${what} is out of its makers' regular support since ${PAST} (shop)`);
  }
  // The clock has a say in the status alone.
  expect(asked.contents.length).toBeGreaterThan(20);
  expect(asked.contents).toEqual(plain.contents);
});

test('what gets fixes passes, asked for or not', async () => {
  const { status, stderr } = await synth({ php: LATE, base: LATE }, '--fail-on-end-of-life');
  expect([status, stderr]).toEqual([0, '']);
});

test('a great matrix is told by some of its images, and by all with --json', async () => {
  // GIVEN
  const images = Array.from({ length: 14 }, (_, index) => `shop-${String(index).padStart(2, '0')}`);
  const days = { php: LATE, base: PAST, images };
  // WHEN
  const [plain, json] = await Promise.all([synth(days), synth(days, '--json')]);
  // THEN
  expect(plain.stderr).toMatch(/\(shop-00, [^)]*, shop-11 and 2 more\)$/m);
  expect((JSON.parse(json.stdout) as { warnings: unknown[] }).warnings).toMatchObject([{ images }]);
});
