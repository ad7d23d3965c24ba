import { createHash } from 'node:crypto';
import type { OutputFile } from '../../../src/synth/render-image';
import { RenderedFiles } from '../../../src/synth/rendered-files';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function plain(path: string, content: string, executable = false): OutputFile {
  return { path, content, executable };
}

/** Adds an image of one file, `NAME/file`. */
function addImage(files: RenderedFiles, name: string, content: string, isWritten?: boolean): void {
  const image = [plain(`${name}/file`, content)];
  files.add(name, image, files.look(image), isWritten);
}

/** More than what is kept in memory. */
const MUCH = 'm'.repeat(4 * 1024 * 1024 + 1);

describe('files that were rendered', () => {
  it('are listed with their hashes, those of each first segment by its name, and given back', () => {
    // GIVEN
    const files = new RenderedFiles();
    // WHEN
    const shop = [plain('shop/README.md', 'read me'), plain('shop/amd64/run', 'run', true)];
    files.add('shop', shop, files.look(shop));
    files.addReport({ path: 'report.json', texts: ['{', '}\n'] });
    const blog = [plain('blog/README.md', 'read me')];
    files.add('blog', blog, files.look(blog));
    files.close();
    // THEN
    expect([...files.listed.entries()]).toEqual([
      ['blog/README.md', { sha256: sha256('read me') }],
      ['report.json', { sha256: sha256('{}\n') }],
      ['shop/README.md', { sha256: sha256('read me') }],
      ['shop/amd64/run', { sha256: sha256('run'), executable: true }],
    ]);
    expect(files.file('report.json', false)).toEqual(plain('report.json', '{}\n'));
    expect(files.file('blog/README.md', false)).toEqual(plain('blog/README.md', 'read me'));
    expect(files.file('shop/amd64/run', true)).toEqual(plain('shop/amd64/run', 'run', true));
  });

  it.each([
    [
      'an image',
      (files: RenderedFiles, text: string) =>
        files.add('late', [plain('late', text)], files.look([plain('late', text)])),
    ],
    ['a report', (files: RenderedFiles, text: string) => files.addReport({ path: 'late', texts: [text] })],
  ])('come in pieces where the text of %s is long and memory is full', (_, add) => {
    // GIVEN
    const files = new RenderedFiles();
    addImage(files, 'first', MUCH);
    // WHEN
    const text = 'long '.repeat(20_000);
    add(files, text);
    // THEN
    const { content, executable, path, texts } = files.file('late', true)!;
    expect([...texts!].length).toBeGreaterThan(1);
    expect({ content, executable, path }).toEqual(plain('late', text, true));
  });

  it('are gathered to pieces that are worth the work, where a report has many small ones', () => {
    // GIVEN
    const files = new RenderedFiles();
    // WHEN
    files.addReport({ path: 'report.json', texts: Array.from({ length: 1_000 }, (_, index) => `${index}\n`) });
    // THEN
    const { content } = files.file('report.json', false)!;
    expect(content.split('\n')).toHaveLength(1_001);
    expect(files.listed.get('report.json')).toEqual({ sha256: sha256(content) });
  });

  it('are kept once where many images have the same text', () => {
    // GIVEN a text that would fill the memory if each image brought it anew
    const files = new RenderedFiles();
    Array.from({ length: 200 }, (_, index) => addImage(files, `image-${index}`, 's'.repeat(32_768)));
    // WHEN
    addImage(files, 'late', 'l'.repeat(100_000));
    // THEN it comes from memory
    expect(files.file('late/file', false)!.texts).toBeUndefined();
    expect(files.file('image-199/file', false)!.content).toHaveLength(32_768);
  });
});

describe('the text of a file that is written already', () => {
  it('is not kept, and its hash is listed', () => {
    // GIVEN
    const files = new RenderedFiles();
    ['one', 'two', 'three'].forEach((text) => addImage(files, text, text));
    // WHEN
    addImage(files, 'shop', 'text', true);
    // THEN
    expect(files.file('shop/file', false)).toBeUndefined();
    expect(files.listed.get('shop/file')).toEqual({ sha256: sha256('text') });
  });

  it.each([
    ['is known again where another image needs it', 'text', 499, true],
    ['is known again however long it is', 'l'.repeat(100_000), 0, true],
    ['is known again after a thousand others no more', 'text', 1_000, false],
  ])('%s', (_, text, others, isKnown) => {
    // GIVEN
    const files = new RenderedFiles();
    addImage(files, 'first', text, true);
    Array.from({ length: others }, (__, index) => addImage(files, `image-${index}`, `text ${index}`, true));
    // WHEN
    addImage(files, 'last', text);
    // THEN
    expect(files.file('last/file', false)?.content === text).toBe(true);
    expect(files.file('first/file', false) !== undefined).toBe(isKnown);
  });
});

describe('the texts of an image', () => {
  it('are its own where no image before had them', () => {
    // GIVEN
    const files = new RenderedFiles();
    addImage(files, 'first', 'both');
    // WHEN
    const second = ['both', 'mine', 'mine', 'both'].map((text, index) => plain(`second/${index}`, text));
    const { rows, own } = files.look(second);
    // THEN
    expect([...own.keys()]).toEqual(['mine']);
    expect(rows).toEqual([0, 1, 1, 0]);
    expect(own.get('mine')).toBe(1);
    expect(files.look(second).own.size).toBe(0);
  });
});
