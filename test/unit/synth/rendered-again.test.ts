import { createHash } from 'node:crypto';
import os from 'node:os';
import { errorOf } from './support';
import { ImageConstruct, Rules, Testing, type ContextFile, type Rule } from '../../../src';
import { assemble, assemblePrepared } from '../../../src/synth/assemble';
import type { EarlyOutput } from '../../../src/synth/early-output';
import { prepareTree } from '../../../src/synth/prepare-tree';
import { OwnPart, SHOP } from '../image/support';

/** Takes every image, so that the text of none is kept. */
const TAKING = { take: () => true } as Partial<EarlyOutput> as EarlyOutput;

/** A file for each word of a text that tells how often it was made, or does not. */
class Counting extends OwnPart {
  calls = 0;

  constructor(
    image: ImageConstruct,
    private readonly contentOf: (call: number) => string,
  ) {
    super(image, 'counting', () => undefined);
  }

  override renderFiles(): readonly ContextFile[] {
    this.calls += 1;
    return this.contentOf(this.calls)
      .split(' ')
      .map((content, index) => ({ path: `count/${index}`, content, executable: true }));
  }
}

/** Images `a` and `b`, whose texts have to be made again, with a construct of one's own in each. */
function made(contentOf: (call: number) => string) {
  const app = Testing.app();
  const parts = ['a', 'b'].map((id) => new Counting(new ImageConstruct(app, id, SHOP), contentOf));
  return { app, parts, assembly: assemblePrepared(prepareTree(app), 'output', TAKING) };
}

describe('what was not kept', () => {
  it('is rendered again, once for each image, in the same bytes', () => {
    // GIVEN
    const { app, parts, assembly } = made(() => 'same');
    // WHEN
    const again = [...assembly.files()].map(({ path, content, executable }) => ({ path, content, executable }));
    // THEN
    expect(parts.map(({ calls }) => calls)).toEqual([2, 2]);
    expect(again.map(({ path }) => path)).toEqual(Object.keys(assembly.manifest.files));
    const kept = [...assemble(app).files()].map(({ path, content, executable }) => ({ path, content, executable }));
    expect(again).toEqual(kept);
  });

  it('is not rendered again where nobody wants it', () => {
    const { parts, assembly } = made(() => 'same');
    expect([...assembly.files((path) => path === 'b/README.md')].map(({ path }) => path)).toEqual(['b/README.md']);
    expect(parts.map(({ calls }) => calls)).toEqual([1, 2]);
  });

  it.each([
    ['otherwise', (call: number) => `the ${call}`, 'a/amd64/count/1 '],
    ['with a file more', (call: number) => (call === 1 ? 'the' : 'the same'), 'a/amd64/count/1 '],
    ['with a file less', (call: number) => (call === 1 ? 'the same' : 'the'), 'a/amd64/count/1 '],
  ])('is refused where it is rendered %s, and nothing else is', (_, contentOf, what) => {
    const { assembly } = made(contentOf);
    const { type, details } = errorOf(() => [...assembly.files()]);
    expect([type, details.map(({ where }) => where)]).toEqual(['SECURITY_ERROR', ['a']]);
    expect(details[0]!.what).toContain(what);
  });
});

describe('where there is no room to keep anything', () => {
  let noRoom: jest.SpyInstance;
  beforeEach(() => (noRoom = jest.spyOn(os, 'tmpdir').mockReturnValue('/dev/null/missing')));
  afterEach(() => noRoom.mockRestore());

  /** An image of more than is kept in memory, and a rule that says each time what it is given. */
  function large(statement: () => string) {
    const app = Testing.app();
    const shop = new ImageConstruct(app, 'shop', SHOP);
    const content = `${'x'.repeat(1023)}\n`.repeat(4200);
    new OwnPart(shop, 'own', (part) => part.addFile({ target: '/opt/large.txt', content }));
    const text = { id: 'OWN-001', severity: 'LOW', kind: 'invariant', why: '', next: '', sources: [] } as const;
    const rule = Object.defineProperty({ ...text, check: () => [] }, 'statement', {
      get: statement,
    }) as unknown as Rule;
    Rules.of(app).add({ name: 'own', rules: [rule] });
    return assemble(app);
  }

  it.each(['compliance.json', 'compliance.sarif', 'docker-bake.json', 'index.html'])(
    '%s is made again, in the same bytes, as often as it is read',
    (name) => {
      const { files, manifest } = large(() => 'it is so');
      const [file, ...others] = [...files((path) => path === name)];
      expect([file?.path, others]).toEqual([name, []]);
      const hashes = [file!.content, [...(file!.texts ?? [file!.content])].join('')].map((text) =>
        createHash('sha256').update(text).digest('hex'),
      );
      expect(hashes).toEqual([manifest.files[name]?.sha256, manifest.files[name]?.sha256]);
    },
  );

  it('a report that says something else the second time is refused by its name', () => {
    let calls = 0;
    const { files } = large(() => `it is so, ${++calls}`);
    const { type, details } = errorOf(() => [...files((path) => path === 'compliance.json')]);
    expect([type, details.map(({ where }) => where)]).toEqual(['SECURITY_ERROR', ['compliance.json']]);
  });
});
