import type { Manifest } from '../../../src';
import {
  MANIFEST_SCHEMA_ID,
  parseWrittenFiles,
  readWrittenFiles,
  renderManifest,
  renderWrittenFiles,
} from '../../../src/synth/manifest-file';

const A = 'a'.repeat(64);
const B = '0123456789abcdef'.repeat(4);

function manifestOf(files: Manifest['files']): Manifest {
  return { $schema: MANIFEST_SCHEMA_ID, version: 1, images: {}, files };
}

function read(text: string) {
  return readWrittenFiles(text.split('\n'));
}

/** Files of two images, in an order that is theirs, and beside them. */
const FILES: Manifest['files'] = {
  'blog/Dockerfile': { sha256: A },
  'blog/run': { sha256: B, executable: true },
  'index.html': { sha256: B },
  'shop/amd64/ä "x" \\ y': { sha256: A, executable: true },
  'shop/amd64/z': { sha256: A },
};

test('the schema is published beside the package', () => {
  expect(MANIFEST_SCHEMA_ID).toBe('https://unpkg.com/projen-nginx-php/schema/manifest.schema.json');
});

describe.each<[string, Manifest['files']]>([
  ['no file', {}],
  ['a file', { 'index.html': { sha256: A } }],
  ['a file that is run', { 'shop/run': { sha256: A, executable: true } }],
  ['files of images', FILES],
])('a manifest of %s', (_, files) => {
  const text = renderManifest(manifestOf(files));

  it('is written as JSON with two spaces', () => {
    expect(text).toBe(`${JSON.stringify(manifestOf(files), null, 2)}\n`);
  });

  it('is read as it was written, and so is a list of its files alone', () => {
    const list = renderWrittenFiles({ files });
    expect(list).toBe(`${JSON.stringify({ version: 1, files }, null, 2)}\n`);
    for (const found of [parseWrittenFiles(text), parseWrittenFiles(list)]) {
      expect([...found!.entries()]).toEqual(Object.entries(files));
    }
  });
});

test('a manifest that has files is read line by line, and so is a list of them', () => {
  for (const text of [renderManifest(manifestOf(FILES)), renderWrittenFiles({ files: FILES })]) {
    const found = read(text)!;
    expect([...found.entries()]).toEqual(Object.entries(FILES));
    expect([...found.roots()]).toEqual(['blog', 'index.html', 'shop']);
    expect(found.size).toBe(5);
  }
});

describe('a text that is no manifest', () => {
  const FILE = { sha256: A };

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a text', '"version"'],
    ['no version', JSON.stringify({ files: { a: FILE } })],
    ['another version', JSON.stringify({ version: 2, files: { a: FILE } })],
    ['no files', JSON.stringify({ version: 1 })],
    ['a list of files', JSON.stringify({ version: 1, files: [] })],
    ['null for files', JSON.stringify({ version: 1, files: null })],
    ...['', '.', '..', '/a', 'a/', 'a//b', './a', '../a', 'a/.', 'a/..', 'a/./b', 'a/../b'].map((path) => [
      `the path ${path}`,
      JSON.stringify({ version: 1, files: { ok: FILE, [path]: FILE } }),
    ]),
    ...[
      null,
      'x',
      [],
      {},
      { sha256: 1 },
      { sha256: [A] },
      { sha256: 'a' },
      { sha256: `${A}a` },
      { sha256: `x${A}` },
      { sha256: A.toUpperCase() },
      { ...FILE, executable: false },
      { ...FILE, executable: 'true' },
      { ...FILE, mode: 1 },
      { ...FILE, '': 1 },
    ].map((file) => [`the file ${JSON.stringify(file)}`, JSON.stringify({ version: 1, files: { ok: FILE, a: file } })]),
  ])('is one with %s', (_, text) => {
    expect(parseWrittenFiles(text!)).toBeUndefined();
  });

  it.each(['...', '.a', '..a', 'a/.b', 'a/...', 'a/..b/c', 'a./b', 'ab/cd'])('but %s is a path', (path) => {
    const files = { [path]: FILE };
    expect([...parseWrittenFiles(JSON.stringify({ version: 1, files }))!.paths()]).toEqual([path]);
    expect([...read(renderManifest(manifestOf(files)))!.paths()]).toEqual([path]);
  });
});

describe('line by line, a text is left to the other reader', () => {
  const text = renderManifest(manifestOf(FILES));
  const hash = `      "sha256": "${A}"`;
  const file = `    "blog/Dockerfile": {\n${hash}\n    },`;

  it.each<[string, string, string]>([
    ['without a version', '  "version": 1,\n', ''],
    ['of another version', '"version": 1', '"version": 2'],
    ['that ends before its files', '  "version": 1,\n', '  "version": 1,\n}\n'],
    ['without an end', '\n}\n', '\n'],
    ['with an end that is none', '\n  }\n}\n', '\n  } }\n'],
    ['with more behind its end', '\n}\n', '\n}\nx\n'],
    ['with another end', '\n}\n', '\nx\n'],
    ['with a space before a path', '    "blog/D', '     "blog/D'],
    ['with something before a path', '    "blog/D', 'x    "blog/D'],
    ['with something behind a path', 'Dockerfile": {', 'Dockerfile": {}'],
    ['with a path that leaves the output', '"blog/Dockerfile"', '"../Dockerfile"'],
    ['with something before a hash', hash, `x${hash}`],
    ['with something behind a hash', `${hash}\n`, `${hash}x\n`],
    ['with something behind the end of the last file', '\n    }\n  }', '\n    }x\n  }'],
    ['that ends too early', '\n}\n', ''],
    ['with a hash that is too short', A, A.slice(1)],
    ['with a hash that is none', A, 'x'.repeat(64)],
    ['with a file that is not run', '"executable": true', '"executable": false'],
    ['with a space before the end of a file', file, file.replace('    },', '     },')],
    ['with something before the end of a file', file, file.replace('    },', 'x    },')],
    ['with something behind the end of a file', file, file.replace('    },', '    },x')],
    ['with a file that nothing ends', file, file.replace('    },', '     ,')],
    ['that has files of an image apart', '"shop/amd64/z": {', '"blog/z": {'],
    ['that has them apart, and a hash twice', '"shop/amd64/z": {', `"blog/z": {\n${hash}`],
    ['with no more files where one more is told', '\n    }\n  }', '\n    },\n  }'],
    ['with one more file where none is told', '    },\n', '    }\n'],
  ])('%s', (_, from, to) => {
    expect(text).toContain(from);
    expect(read(text)).toBeDefined();
    expect(read(text.replace(from, to))).toBeUndefined();
  });

  it('that has no file', () => {
    expect(read(renderManifest(manifestOf({})))).toBeUndefined();
    expect(readWrittenFiles([])).toBeUndefined();
  });
});

it.each(['"\\x"', '"\\u12g4"', '"a\tb"', '"a\u0000b"', '"a"b"', '"a\\"'])(
  'what is no text of JSON is no path: %j',
  (path) => {
    const text = renderWrittenFiles({ files: { path: { sha256: A } } }).replace('"path"', () => path);
    expect(read(text)).toBeUndefined();
    expect(parseWrittenFiles(text)).toBeUndefined();
  },
);
