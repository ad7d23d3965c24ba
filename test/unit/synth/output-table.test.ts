import { FileTable, type TableEntry } from '../../../src/synth/output-table';

const hashOf = (index: number) => index.toString(16).padStart(64, '0');

/** A table of groups, each file with a hash of its own; a name that ends with `*` is executable. */
function tableOf(groups: Readonly<Record<string, readonly string[]>>): FileTable {
  const table = new FileTable();
  let index = 0;
  for (const [first, names] of Object.entries(groups)) {
    const entries = names.map((name): TableEntry => ({
      name: name.replace('*', ''),
      executable: name.endsWith('*'),
      row: table.addHash(hashOf(index++)),
    }));
    table.add(first, entries);
  }
  return table;
}

test('each hash is found by its row, also beyond what is allotted at a time', () => {
  const table = new FileTable();
  const rows = Array.from({ length: 4_097 }, (_, index) => table.addHash(hashOf(index)));
  expect(rows).toEqual(rows.map((_, index) => index));
  expect([0, 1, 2_047, 2_048, 4_096].map((row) => table.hash(row))).toEqual([0, 1, 2_047, 2_048, 4_096].map(hashOf));
});

test('files of thousands are found at their places, also in another order', () => {
  // GIVEN
  const names = Array.from({ length: 1_500 }, (_, index) => String(index));
  const table = tableOf({ b: names, c: names, a: names });
  const sorted = table.sorted((x, y) => (x < y ? -1 : 1));
  // THEN
  expect([table.size, sorted.size]).toEqual([4_500, 4_500]);
  const seen = (list: FileTable) =>
    ['a/0', 'b/0', 'b/1499', 'c/547', 'c/548', 'a/1499'].map((path) => [list.indexOf(path), list.rowOf(path)]);
  expect(seen(table)).toEqual([3_000, 0, 1_499, 2_047, 2_048, 4_499].map((row) => [row, row]));
  expect(seen(sorted)).toEqual([
    [0, 3_000],
    [1_500, 0],
    [2_999, 1_499],
    [3_547, 2_047],
    [3_548, 2_048],
    [1_499, 4_499],
  ]);
  expect(sorted.get('c/548')).toEqual({ sha256: hashOf(2_048) });
  expect([...sorted.roots()]).toEqual(['a', 'b', 'c']);
});

test.each<[string, Record<string, readonly string[]>]>([
  ['which of them are executable', { a: ['x', 'y*'], b: ['x*', 'y'], c: ['x', 'y'], d: ['x', 'y*'] }],
  ['where a name ends', { a: ['x', 'yz'], b: ['xy', 'z'], c: ['xyz'] }],
  ['that one stands beside the images', { a: [''], b: ['x'], c: ['*'], d: ['', 'x'] }],
])('groups differ by %s', (_, groups) => {
  const table = tableOf(groups);
  let index = 0;
  const wanted = Object.entries(groups).flatMap(([first, names]) =>
    names.map((name) => {
      const path = [first, name.replace('*', '')].filter(Boolean).join('/');
      const executable = name.endsWith('*') ? { executable: true } : {};
      return [path, { sha256: hashOf(index++), ...executable }];
    }),
  );
  expect([...table.entries()]).toEqual(wanted);
  expect([...table.paths()].map((path) => [path, table.get(path)])).toEqual(wanted);
});

it.each(['c', 'a', 'a/', 'a/y', '/x', 'x', 'b/x'])('%j is no file', (path) => {
  const table = tableOf({ a: ['x'], b: [''] });
  expect([table.get(path), table.rowOf(path), table.indexOf(path)]).toEqual([undefined, undefined, -1]);
});
