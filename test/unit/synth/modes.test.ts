import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { listing, removeTemporaryDirectories, synthInto, temporaryDirectory } from './support';

afterEach(removeTemporaryDirectories);

test.each(['022', '077', '000'])('under umask %s files are 0644, and 0755 where they are run', (mask) => {
  // GIVEN
  const outdir = temporaryDirectory();
  const umask = process.umask(Number.parseInt(mask, 8));
  // WHEN
  try {
    synthInto(outdir);
  } finally {
    process.umask(umask);
  }
  // THEN
  const files = Object.entries(listing(outdir)).filter(([, { kind }]) => kind === 'file');
  const runnable = files.filter(([, { mode }]) => mode === '755').map(([path]) => path);
  expect(new Set(files.map(([, { mode }]) => mode))).toEqual(new Set(['644', '755']));
  expect(runnable).toContain('shop/amd64/scripts/assemble.sh');
  expect(runnable).toContain('shop/amd64/s6-overlay/service/nginx/run');
  expect(runnable).not.toContain('shop/amd64/Dockerfile');
});

test('what is run on the way to a container begins with its interpreter', () => {
  const outdir = temporaryDirectory();
  synthInto(outdir);
  const runnable = Object.entries(listing(outdir)).filter(([, { kind, mode }]) => kind === 'file' && mode === '755');
  for (const [path, { content }] of runnable) {
    expect([path, content.slice(0, 2)]).toEqual([path, '#!']);
  }
});

test('the directory of the output is made, with those above it', () => {
  const outdir = join(temporaryDirectory(), 'deep/er');
  synthInto(outdir);
  expect(lstatSync(join(outdir, 'shop')).isDirectory()).toBe(true);
});
