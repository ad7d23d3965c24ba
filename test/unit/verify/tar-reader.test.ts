import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { readTar } from '../../../src/verify/tar-reader';

const LONG = `${'directory-of-a-long-name/'.repeat(8)}file`;

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'tar-test-'));
  mkdirSync(join(directory, LONG, '..'), { recursive: true });
  writeFileSync(join(directory, LONG), 'long', { mode: 0o644 });
  writeFileSync(join(directory, 'program'), 'x'.repeat(1500), { mode: 0o755 });
  symlinkSync('program', join(directory, 'link'));
});

afterAll(() => rmSync(directory, { recursive: true }));

/** In pieces of an odd length, as a pipe may give it. */
function pieces(archive: Buffer): Readable {
  const parts: Buffer[] = [];
  for (let at = 0; at < archive.length; at += 700) {
    parts.push(archive.subarray(at, at + 700));
  }
  return Readable.from(parts);
}

test.each(['ustar', 'gnu', 'pax'])('an archive of GNU tar in the format %s is read', async (format) => {
  // GIVEN
  const owner = ['--owner=10001', '--group=20001', '--mode=u+s'];
  const args = ['-C', directory, `--format=${format}`, ...owner, '-cf', '-', '.'];
  const archive = execFileSync('tar', args, { maxBuffer: 1 << 24 });
  // WHEN
  const entries = await readTar(pieces(archive), (path) => path === `/${LONG}`);
  // THEN
  const find = (path: string) => entries.find((entry) => entry.path === path);
  expect(find(`/${LONG}`)).toMatchObject({ kind: 'file', content: 'long', uid: 10001, gid: 20001 });
  expect(find('/program')).toMatchObject({ kind: 'file', mode: 0o4755 });
  expect(find('/program')?.content).toBeUndefined();
  expect(find('/link')).toMatchObject({ kind: 'symlink' });
  expect(find('/directory-of-a-long-name')).toMatchObject({ kind: 'directory' });
});

test('a file capability is found among the PAX records, and belongs to one file', async () => {
  // GIVEN a record as Docker writes it
  const record = 'SCHILY.xattr.security.capability=\u0001\u0000\u0000\u0002';
  const length = record.length + 1 + ' 40'.length;
  const pax = Buffer.from(`${length} ${record}\n`);
  const archive = Buffer.concat([
    header('PaxHeaders/ping', 'x', pax.length),
    pad(pax),
    header('ping', '0', 0),
    header('other', '0', 0),
  ]);
  // WHEN
  const [ping, other] = await readTar(pieces(archive), () => false);
  // THEN
  expect(ping).toMatchObject({ path: '/ping', attributes: ['security.capability'] });
  expect(other).toMatchObject({ path: '/other', attributes: [] });
});

function header(name: string, type: string, size: number): Buffer {
  const block = Buffer.alloc(512);
  block.write(name, 0);
  block.write('0000755\0', 100);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write(type, 156);
  block.write('ustar\u000000', 257);
  return block;
}

function pad(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}
