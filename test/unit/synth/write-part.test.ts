import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contents, removeTemporaryDirectories, temporaryDirectory } from './support';
import { ImageApp, ImageConstruct, Testing, type Manifest } from '../../../src';
import { filesOf } from '../../../src/synth/output-files';
import { sha256 } from '../../../src/synth/output-plan';
import { writePart } from '../../../src/synth/write-part';

const BOTH = ['amd64', 'arm64'];

/** What the manifest of a synthesis tells of an image. */
const SHOP = (() => {
  const app = new ImageApp();
  new ImageConstruct(app, 'shop', { php: '8.4', platform: 'debian' });
  return Testing.synth(app).manifest.images.shop!;
})();

type Images = Readonly<Record<string, string>>;

let outdir: string;

beforeEach(() => {
  outdir = temporaryDirectory();
});

afterEach(removeTemporaryDirectories);

/** Images that are rendered, each with a PHP, with three files each and a report about all. */
function rendered(images: Images) {
  const names = Object.keys(images);
  const pathsOf = (name: string) => [`${name}/README.md`, ...BOTH.map((each) => `${name}/${each}/Dockerfile`)];
  const texts = Object.fromEntries([
    ...names.flatMap((name) => pathsOf(name).map((path) => [path, `${path} ${images[name]}`])),
    ['index', String(names)],
  ]) as Record<string, string>;
  const manifest: Manifest = {
    $schema: 's',
    version: 1,
    images: Object.fromEntries(names.map((name) => [name, { ...SHOP, path: images[name]! }])),
    files: Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, { sha256: sha256(text) }])),
  };
  const files = () => Object.entries(texts).map(([path, content]) => ({ path, content, executable: false }));
  return { manifest, files, texts };
}

/** Writes what begins with one of these: an image, or an architecture of it. */
function write(images: Images, ...wanted: readonly string[]): readonly string[] {
  const wants = (image: string, architecture: string) =>
    wanted.some((each) => `${image}/${architecture}/`.startsWith(`${each}/`));
  return writePart(rendered(images), outdir, { wants }).images;
}

/** Files of the manifest, which are those that are there. */
function written(): readonly string[] {
  const text = readFileSync(join(outdir, 'manifest.json'), 'utf8');
  const paths = [...filesOf(JSON.parse(text) as Manifest).paths()];
  expect(Object.keys(contents(outdir)).sort()).toEqual([...paths, 'manifest.json'].sort());
  return paths;
}

function architectures(): unknown {
  const { images } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as Manifest;
  return Object.entries(images).map(([name, image]) => [name, Object.keys(image.architectures)]);
}

const pathsOf = (name: string, ...kept: readonly string[]) => [
  `${name}/README.md`,
  ...kept.map((each) => `${name}/${each}/Dockerfile`),
];

const TREE = { a: '1', 'a-b': '1', c: '1' };

test('an image is written alone, and others join it in their order', () => {
  expect(write(TREE, 'c')).toEqual(['c']);
  expect(written()).toEqual(pathsOf('c', ...BOTH));
  write(TREE, 'a-b/arm64');
  write(TREE, 'a');
  expect(architectures()).toEqual([
    ['a', BOTH],
    ['a-b', ['arm64']],
    ['c', BOTH],
  ]);
  expect(written()).toEqual([...pathsOf('a', ...BOTH).sort(), ...pathsOf('a-b', 'arm64'), ...pathsOf('c', ...BOTH)]);
});

test('an architecture joins the other one of the same image, and replaces that of another', () => {
  write(TREE, 'a/arm64');
  write(TREE, 'a/amd64');
  expect(architectures()).toEqual([['a', BOTH]]);
  expect(written()).toEqual(pathsOf('a', ...BOTH));
  write({ a: '2' }, 'a/amd64');
  expect(architectures()).toEqual([['a', ['amd64']]]);
  expect(written()).toEqual(pathsOf('a', 'amd64'));
});

test('reports that were there are made anew, unless they would be silent of an image', () => {
  // GIVEN
  writePart(rendered(TREE), outdir, { wants: () => true });
  expect(written()).not.toContain('index');
  const { manifest, texts } = rendered({ a: '1', c: '1' });
  writeFileSync(join(outdir, 'index'), texts.index!);
  writeFileSync(
    join(outdir, 'manifest.json'),
    JSON.stringify({
      ...rendered(TREE).manifest,
      files: { ...rendered(TREE).manifest.files, index: manifest.files.index },
    }),
  );
  // THEN
  write(TREE, 'c');
  expect(written()).toContain('index');
  expect(readFileSync(join(outdir, 'index'), 'utf8')).toBe('a,a-b,c');
  write({ c: '1' }, 'c');
  expect(written()).not.toContain('index');
});

test('what was edited stays, unless by force', () => {
  write(TREE, 'c');
  writeFileSync(join(outdir, 'c/README.md'), 'mine');
  expect(() => write(TREE, 'c')).toThrow(/edited by hand/);
  expect(writePart(rendered(TREE), outdir, { wants: () => true, force: true }).written).toContain('c/README.md');
});
