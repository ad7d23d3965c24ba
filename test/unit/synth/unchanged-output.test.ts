import {
  appendFileSync,
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { removeTemporaryDirectories, temporaryDirectory } from './support';
import {
  HardeningRules,
  ImageApp,
  ImageConstruct,
  NginxConstruct,
  Rules,
  type ContextFile,
  type ImageProps,
} from '../../../src';
import { assemblePrepared } from '../../../src/synth/assemble';
import { listingOf } from '../../../src/synth/last-synthesis';
import { OutputDirectory } from '../../../src/synth/output-directory';
import { prepareTree, type PreparedTree } from '../../../src/synth/prepare-tree';
import { treeFingerprint } from '../../../src/synth/tree-fingerprint';
import { findUnchanged, memoryOf, rememberOutput } from '../../../src/synth/unchanged-output';
import { writeOutput } from '../../../src/synth/write-output';

afterEach(removeTemporaryDirectories);

const IDENTITY = 'this package, as it is';

interface Change {
  readonly props?: Partial<ImageProps>;
  readonly then?: (image: ImageConstruct, app: ImageApp) => void;
}

function tree({ props, then }: Change = {}): PreparedTree {
  const app = new ImageApp();
  const image = new ImageConstruct(app, 'shop', { php: '8.4', platform: 'debian', ...props });
  then?.(image, app);
  return prepareTree(app);
}

/** An output that was written, and the memory that has it. */
function remembered() {
  const [outdir, cache] = [temporaryDirectory(), temporaryDirectory()];
  const prepared = tree();
  const memory = memoryOf(prepared, outdir, cache, IDENTITY)!;
  const { manifest, files } = assemblePrepared(prepared, outdir);
  rememberOutput(memory, writeOutput(outdir, manifest, files, false));
  return { outdir, cache, prepared, memory };
}

/** An output that was written, and is remembered, to be looked at with any tree. */
function written(): { outdir: string; look: (prepared?: PreparedTree, identity?: string) => boolean } {
  const { outdir, cache } = remembered();
  return {
    outdir,
    look: (other = tree(), identity = IDENTITY) => {
      const memory = memoryOf(other, outdir, cache, identity);
      return memory !== undefined && findUnchanged(other, outdir, memory) !== undefined;
    },
  };
}

/** Time goes by, so that the files are older than the next look at them. */
function settle(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 120);
}

const NGINX = 'shop/amd64/nginx.conf';

describe.each(['by reading it', 'by what the system knows of its files'])('an output is known %s', (way) => {
  /** Read once the files are older, it is known by their times alone from then on. */
  function known() {
    const output = written();
    settle();
    if (way !== 'by reading it') {
      expect(output.look()).toBe(true);
    }
    return output;
  }

  test('as long as nobody touches it, again and again', () => {
    const { look } = known();
    expect([look(), look(), look()]).toEqual([true, true, true]);
  });

  test.each<[string, (outdir: string) => void]>([
    ['a file was edited', (outdir) => appendFileSync(join(outdir, NGINX), '# mine\n')],
    [
      'a file was edited, its size and its time kept',
      (outdir) => {
        const path = join(outdir, NGINX);
        const text = readFileSync(path, 'utf8');
        writeFileSync(path, `${text.slice(0, -2)}#\n`);
        utimesSync(path, 1, 1);
      },
    ],
    ['a file is executable now', (outdir) => chmodSync(join(outdir, NGINX), 0o755)],
    ['a file is gone', (outdir) => rmSync(join(outdir, NGINX))],
    ['a file has come', (outdir) => writeFileSync(join(outdir, 'shop/notes.txt'), 'mine')],
    ['the manifest was edited', (outdir) => appendFileSync(join(outdir, 'manifest.json'), '\n')],
    ['the manifest is gone', (outdir) => rmSync(join(outdir, 'manifest.json'))],
    [
      'the journal of a synthesis that was killed is there',
      (outdir) => writeFileSync(join(outdir, '.synth-journal.json'), '{}'),
    ],
    ['everything is gone', (outdir) => rmSync(outdir, { recursive: true })],
  ])('but not when %s', (_, change) => {
    const { outdir, look } = known();
    change(outdir);
    expect([look(), look()]).toEqual([false, false]);
  });

  test.each<[string, Change]>([
    ['another configuration', { props: { nginx: { gzip: false } } }],
    ['another PHP', { props: { php: '8.3' } }],
    ['another platform', { props: { platform: 'alpine' } }],
    ['another release', { props: { release: 'bookworm', php: '8.2' } }],
    ['one architecture', { props: { architectures: ['amd64'] } }],
    ['another package', { then: (image) => image.addPackage('tree') }],
    ['another variable', { then: (image) => image.addEnvironment('A', 'b') }],
    ['another setting of the pool', { then: ({ php }) => php.adminSettings.set('memory_limit', '1G') }],
    ['another image', { then: (_, app) => new ImageConstruct(app, 'blog', { php: '8.4', platform: 'debian' }) }],
  ])('but not for %s', (_, change) => {
    const { look } = known();
    expect(look(tree(change))).toBe(false);
  });

  test('but not by another version of this package', () => {
    const { look } = known();
    expect(look(tree(), 'another')).toBe(false);
  });
});

test('an output that is younger than the look at it is read at each look', () => {
  // GIVEN
  const { outdir, look } = written();
  settle();
  const path = join(outdir, NGINX);
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text);
  // WHEN
  expect(look()).toBe(true);
  writeFileSync(path, `${text.slice(0, -2)}#\n`);
  // THEN
  expect(look()).toBe(false);
});

test('what there is to say of an output that is known is what its synthesis said', () => {
  // GIVEN
  const [outdir, cache] = [temporaryDirectory(), temporaryDirectory()];
  const prepared = tree();
  const { manifest, files } = assemblePrepared(prepared, outdir);
  writeOutput(outdir, manifest, files, false);
  writeFileSync(join(outdir, 'notes.txt'), 'mine');
  const report = writeOutput(outdir, manifest, files, false);
  const memory = memoryOf(prepared, outdir, cache, IDENTITY)!;
  rememberOutput(memory, report);
  // WHEN
  const found = findUnchanged(prepared, outdir, memory)!;
  // THEN
  expect(found).toMatchObject({ written: [], writtenCount: 0, removed: [], drift: false, foreign: ['notes.txt'] });
  expect(found.unchanged).toBe(report.unchanged);
  expect(found.manifest).toEqual(report.manifest);
  expect(found.outlines).toMatchObject({
    shop: { php: { version: '8.4', endOfLife: expect.stringMatching(/^\d{4}-/) }, platform: { name: 'debian' } },
  });
});

describe('what the system knows of the files', () => {
  /** An output, and what is remembered of it after each look, which may be told how long after the last change it is. */
  function looked(): (after?: number) => string | undefined {
    const { outdir, prepared, memory } = remembered();
    const { youngest } = listingOf(new OutputDirectory(outdir), () => false);
    return (after) => {
      const now = jest.spyOn(OutputDirectory.prototype, 'clock');
      if (after !== undefined) {
        now.mockReturnValue(youngest + after);
      }
      const found = findUnchanged(prepared, outdir, memory);
      now.mockRestore();
      expect(found).toBeDefined();
      return memory.recall()!.listing;
    };
  }

  test('is not remembered while they are as young as the look at them', () => {
    const look = looked();
    expect([look(0), look(50)]).toEqual([undefined, undefined]);
    expect(look(51)).toMatch(/^[0-9a-f]{64}$/);
  });

  test('is remembered once they are older, and spares reading them', () => {
    // GIVEN
    const look = looked();
    settle();
    const listing = look();
    const reading = jest.spyOn(OutputDirectory.prototype, 'chunks');
    // WHEN
    const later = look();
    // THEN
    expect(listing).toMatch(/^[0-9a-f]{64}$/);
    expect(later).toBe(listing);
    expect(reading).not.toHaveBeenCalled();
    reading.mockRestore();
  });
});

test.each<[string, PreparedTree, string | undefined]>([
  ['where the package runs from its sources', tree(), undefined],
  ['of a tree with a change of a text', tree({ then: (image) => image.patchFile('nginx.conf', (t) => t) }), IDENTITY],
])('nothing is remembered %s', (_, prepared, identity) => {
  expect(memoryOf(prepared, temporaryDirectory(), temporaryDirectory(), identity)).toBeUndefined();
});

class OwnNginx extends NginxConstruct {
  override renderFiles(): readonly ContextFile[] {
    return super.renderFiles();
  }
}

class OwnImage extends ImageConstruct {
  override knowsDirective(directive: string): boolean {
    return super.knowsDirective(directive);
  }
}

class NamedImage extends ImageConstruct {
  readonly team = 'web';
}

test.each<[string, Change]>([
  ['a change of a text', { then: (image) => image.patchFile('nginx.conf', (text) => text) }],
  ['a rule of one’s own', { then: (image) => Rules.of(image).add({ name: 'own', rules: [] }) }],
  ['a construct that renders itself', { then: (image) => void new OwnNginx(image, 'own') }],
  [
    'an image that answers otherwise',
    { then: (_, app) => void new OwnImage(app, 'own', { php: '8.4', platform: 'debian' }) },
  ],
  ['a method put on a construct', { then: ({ nginx }) => void Object.assign(nginx, { renderFiles: () => [] }) }],
  [
    'a value that has no text',
    { then: (image) => image.addFile({ target: '/opt/x', content: 'x', executable: new Boolean(false) as boolean }) },
  ],
])('a tree with %s is rendered each time', (_, change) => {
  expect(treeFingerprint(tree(change).root)).toBeUndefined();
});

test('a tree of classes that only add is known', () => {
  const then: Change['then'] = (_, app) => void new NamedImage(app, 'own', { php: '8.4', platform: 'debian' });
  expect(treeFingerprint(tree({ then }).root)).toMatch(/^[0-9a-f]{64}$/);
});

test('the shipped rules are not counted as rules of one’s own', () => {
  expect(Object.keys(HardeningRules).length).toBeGreaterThan(0);
  expect(treeFingerprint(tree().root)).toMatch(/^[0-9a-f]{64}$/);
});

test('a memory that somebody broke is as none', () => {
  const outdir = temporaryDirectory();
  const cache = temporaryDirectory();
  const memory = memoryOf(tree(), outdir, cache, IDENTITY)!;
  memory.remember({ manifest: 'x', files: 1, foreign: [] });
  expect(memory.recall()).toMatchObject({ files: 1 });
  for (const name of ['{', '[]', '{"from":1}']) {
    writeFileSync(join(cache, readdirSync(cache)[0]!), name);
    expect(memory.recall()).toBeUndefined();
  }
  expect(existsSync(cache)).toBe(true);
});
