import { appendFileSync, chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listing, removeTemporaryDirectories, synthInto, temporaryDirectory } from './support';

let outdir: string;

beforeEach(() => {
  outdir = temporaryDirectory();
  synthInto(outdir, ['shop', 'blog']);
});

afterEach(removeTemporaryDirectories);

const NGINX = 'shop/amd64/nginx.conf';

test.each<readonly [name: string, change: () => void, ids: readonly string[], written: string[], removed: string[]]>([
  ['an edited file', () => appendFileSync(join(outdir, NGINX), '#'), ['shop', 'blog'], [NGINX], []],
  ['a missing file', () => rmSync(join(outdir, NGINX)), ['shop', 'blog'], [NGINX], []],
  ['a file that became executable', () => chmodSync(join(outdir, NGINX), 0o755), ['shop', 'blog'], [NGINX], []],
  [
    'a file that is executable no more',
    () => chmodSync(join(outdir, 'shop/amd64/scripts/rootfs.sh'), 0o644),
    ['shop', 'blog'],
    ['shop/amd64/scripts/rootfs.sh'],
    [],
  ],
  [
    'an edited manifest',
    () => appendFileSync(join(outdir, 'manifest.json'), '\n'),
    ['shop', 'blog'],
    ['manifest.json'],
    [],
  ],
  ['a file that is not generated any more', () => undefined, ['blog'], ['manifest.json'], [NGINX]],
  ['an image more', () => undefined, ['blog', 'mail', 'shop'], ['mail/README.md'], []],
])('check finds %s and writes nothing', (_, change, ids, written, removed) => {
  // GIVEN
  change();
  const before = listing(outdir);
  // WHEN
  const report = synthInto(outdir, ids, { check: true });
  // THEN
  expect(report.drift).toBe(true);
  expect(report.written).toEqual(expect.arrayContaining(written));
  expect(report.removed).toEqual(expect.arrayContaining(removed));
  expect(listing(outdir)).toEqual(before);
});

test('check of an output that is right says so and writes nothing', () => {
  const before = listing(outdir);
  expect(synthInto(outdir, ['shop', 'blog'], { check: true })).toMatchObject({
    drift: false,
    written: [],
    removed: [],
  });
  expect(listing(outdir)).toEqual(before);
});

test('a file of somebody else is named, and is no drift', () => {
  writeFileSync(join(outdir, 'shop/notes.txt'), 'mine');
  const report = synthInto(outdir, ['shop', 'blog'], { check: true });
  expect(report).toMatchObject({ drift: false, foreign: ['shop/notes.txt'] });
});

test('check of a directory that is not there makes none', () => {
  const missing = join(outdir, 'nowhere');
  expect(synthInto(missing, ['shop'], { check: true }).drift).toBe(true);
  expect(existsSync(missing)).toBe(false);
});
