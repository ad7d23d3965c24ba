import fc from 'fast-check';
import type { Manifest } from '../../../src';
import { filesOf, manifestOf, PathSet, RecordFiles, type OutputFiles } from '../../../src/synth/output-files';
import { FileTable } from '../../../src/synth/output-table';

type Files = Manifest['files'];

const segment = fc.constantFrom('a', 'b', 'amd64', 'Dockerfile', 'ä', 'x y');
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));
const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const entry = fc.record({ sha256: hash, executable: fc.constant(true as const) }, { requiredKeys: ['sha256'] });

/** Files of a manifest, those of one first segment together. */
const files = fc
  .dictionary(path, entry, { maxKeys: 40 })
  .map((found): Files => Object.fromEntries(rootsOf(found).flatMap((root) => below(found, root))));

function rootsOf(record: Files): string[] {
  return [...new Set(Object.keys(record).map((name) => name.split('/')[0]!))];
}

function below(record: Files, root: string): Array<[string, Files[string]]> {
  return Object.entries(record).filter(([name]) => name === root || name.startsWith(`${root}/`));
}

/** The same files in a table, in which equal hashes have one row. */
function tableOf(record: Files): FileTable {
  const table = new FileTable();
  const rows = new Map<string, number>();
  for (const root of rootsOf(record)) {
    const entries = below(record, root).map(([name, { sha256, executable = false }]) => {
      const row = rows.get(sha256) ?? table.addHash(sha256);
      rows.set(sha256, row);
      return { name: name.slice(root.length + 1), executable, row };
    });
    table.add(root, entries);
  }
  return table;
}

/** Everything that a list of files says, of its own files and of others. */
function told(list: OutputFiles, others: readonly string[]): unknown {
  return {
    size: list.size,
    paths: [...list.paths()],
    roots: [...new Set(list.roots())],
    entries: [...list.entries()],
    found: [...list.paths(), ...others].map((name) => [name, list.indexOf(name), list.get(name)]),
  };
}

test('files in a table are those in the object that a manifest has', () => {
  fc.assert(
    fc.property(files, fc.array(path), (record, others) => {
      expect(told(tableOf(record), others)).toEqual(told(new RecordFiles(record), others));
    }),
  );
});

test('a table in another order has the same files, and finds them at their new places', () => {
  fc.assert(
    fc.property(files, (record) => {
      // WHEN
      const sorted = tableOf(record).sorted((a, b) => (a < b ? 1 : -1));
      // THEN
      const roots = rootsOf(record).sort().reverse();
      const wanted = Object.fromEntries(roots.flatMap((root) => below(record, root)));
      expect([...sorted.entries()]).toEqual(Object.entries(wanted));
      expect([...sorted.paths()].map((name) => sorted.indexOf(name))).toEqual(Object.keys(wanted).map((_, i) => i));
    }),
  );
});

test('a table of thousands of files keeps each hash', () => {
  // GIVEN more hashes, and more files, than are allotted at a time
  const record = Object.fromEntries(
    Array.from({ length: 5_000 }, (_, index) => [`image/${index}`, { sha256: index.toString(16).padStart(64, '0') }]),
  );
  // THEN
  expect([...tableOf(record).entries()]).toEqual(Object.entries(record));
});

test('some of the files are counted once each, and told sorted', () => {
  // GIVEN
  const list = new RecordFiles({ b: { sha256: '' }, 'a/x': { sha256: '' }, c: { sha256: '' } });
  const some = new PathSet(list);
  // WHEN
  [0, 1, 0].forEach((index) => some.add(index));
  // THEN
  expect(some.size).toBe(2);
  expect(some.paths()).toEqual(['a/x', 'b']);
  expect(['a/x', 'b', 'c', 'd'].filter((name) => some.has(name))).toEqual(['a/x', 'b']);
});

test('the object of files that a manifest has is made once, when somebody asks for it', () => {
  // GIVEN
  const record: Files = { 'shop/x': { sha256: 'a' } };
  const list = new RecordFiles(record);
  const entries = jest.spyOn(list, 'entries');
  const manifest = manifestOf({ $schema: 's', version: 1, images: {} }, list);
  // THEN
  expect(filesOf(manifest)).toBe(list);
  expect(entries).not.toHaveBeenCalled();
  expect({ ...manifest }).toEqual({ $schema: 's', version: 1, images: {}, files: record });
  expect(manifest.files).toBe(manifest.files);
  expect(entries).toHaveBeenCalledTimes(1);
  expect(Object.getOwnPropertyDescriptor(manifest, 'files')).toMatchObject({ enumerable: true, configurable: true });
});

test('the files of any other manifest are those of its object', () => {
  const list = filesOf({ $schema: 's', version: 1, images: {}, files: { 'shop/x': { sha256: 'a' } } });
  expect([...list.entries()]).toEqual([['shop/x', { sha256: 'a' }]]);
  expect([...list.roots()]).toEqual(['shop']);
});

test('what an object has from its kind is no file', () => {
  const list = new RecordFiles({});
  expect([list.get('constructor'), list.indexOf('constructor'), list.size]).toEqual([undefined, -1, 0]);
});
