import { errorOf } from './support';
import { ImageConstruct, Testing } from '../../../src';
import { applyPatches } from '../../../src/synth/apply-patches';
import { renderImage } from '../../../src/synth/render-image';
import { OwnPart, SHOP, shopApp } from '../image/support';

/** An edit that a person wrote without types. */
const giving = (value: unknown) => () => value as string;

function bothArchitectures() {
  return shopApp({ architectures: ['amd64', 'arm64'] });
}

describe('a change of a text', () => {
  it.each([
    ['a file of the contexts, in each of them', 'nginx.conf', ['shop/amd64/nginx.conf', 'shop/arm64/nginx.conf']],
    ['a file of one context alone', 'arm64/nginx.conf', ['shop/arm64/nginx.conf']],
    ['a file beside the contexts', 'compose.yaml', ['shop/compose.yaml']],
  ])('is made in %s', (_, path, changed) => {
    // GIVEN
    const { shop } = bothArchitectures();
    const before = renderImage(shop, 'output').files;
    // WHEN
    shop.patchFile(path, (text) => `${text}# mine\n`);
    // THEN
    const after = renderImage(shop, 'output').files;
    expect(after).toEqual(
      before.map((file) => (changed.includes(file.path) ? { ...file, content: `${file.content}# mine\n` } : file)),
    );
    expect(after.filter(({ content }) => content.endsWith('# mine\n')).map(({ path: name }) => name)).toEqual(changed);
  });

  it('is made upon those before it', () => {
    // GIVEN
    const { app, shop } = shopApp();
    shop.patchFile('README.md', () => 'a');
    shop.patchFile('README.md', (text) => `${text}b`);
    shop.patchFile('README.md', (text) => `${text}c`);
    // THEN
    expect(Testing.synth(app).file('shop/README.md')).toBe('abc');
  });

  it('may leave nothing of a file', () => {
    const { app, shop } = shopApp();
    shop.patchFile('README.md', () => '');
    expect(Testing.synth(app).file('shop/README.md')).toBe('');
  });

  it('touches no file of another image, and gives back a list of its own', () => {
    // GIVEN
    const { app, shop } = shopApp();
    const blog = new ImageConstruct(app, 'blog', SHOP);
    shop.patchFile('README.md', () => 'mine');
    const { files } = renderImage(blog, 'output');
    // THEN
    const patched = applyPatches(blog, files);
    expect(patched).toEqual(files);
    expect(patched).not.toBe(files);
  });
});

describe('a change is refused', () => {
  it.each([
    ['that names a path like one that there is', 'ngin.conf', 'name "nginx.conf"'],
    ['that misspells a path below a directory named as an architecture', 'data/amd64/rate', 'name "data/amd64/rates"'],
  ])('%s', (_, path, next) => {
    // GIVEN
    const { app, shop } = bothArchitectures();
    new OwnPart(shop, 'own', () => undefined).renderFiles = () => [
      { path: 'data/amd64/rates', content: '', executable: false },
    ];
    // WHEN
    shop.patchFile(path, (text) => text);
    // THEN
    const what = `patchFile names "${path}", which is no file of this image`;
    expect(Testing.problems(app)).toEqual([{ where: 'shop', what, next }]);
  });

  it('with the names of all files, once each, where none is near', () => {
    // GIVEN
    const { app, shop } = bothArchitectures();
    const names = Testing.synth(app).paths.filter((path) => path.startsWith('shop/'));
    const other = shopApp({ architectures: ['amd64', 'arm64'] });
    // WHEN
    other.shop.patchFile('?'.repeat(80), (text) => text);
    // THEN
    const [problem] = Testing.problems(other.app);
    const listed = problem!.next.replace('name one of: ', '').split(', ');
    const plain = names.map((path) => path.replace(`${shop.node.id}/`, '').replace(/^a..64\//, ''));
    expect(listed.sort()).toEqual([...new Set(plain)].sort());
  });

  it.each([
    [null, 'null'],
    [undefined, 'undefined'],
    [7, 'number'],
    [{}, 'object'],
  ])('that gives %p, once for each file', (value, kind) => {
    // GIVEN
    const { app, shop } = bothArchitectures();
    shop.patchFile('nginx.conf', giving(value));
    // THEN
    const what = `what patchFile calls for "nginx.conf" gives ${kind}, not a text`;
    const problem = { where: 'shop', what, next: 'give back the whole text of the file' };
    expect(Testing.problems(app)).toEqual([problem, problem]);
  });

  it('together with all others; the next ones see the text as it was', () => {
    // GIVEN
    const { shop } = shopApp();
    const seen: string[] = [];
    shop.patchFile('README.md', giving(null));
    shop.patchFile('nowhere', (text) => text);
    shop.patchFile('README.md', (text) => (seen.push(text), text));
    // WHEN
    const error = errorOf(() => renderImage(shop, 'output'));
    // THEN
    expect(error.type).toBe('VALIDATION_ERROR');
    expect(error.details.map(({ what }) => /"(.*)"/.exec(what)![1])).toEqual(['README.md', 'nowhere']);
    expect(seen).toEqual([expect.stringMatching(/^# shop\n/)]);
  });
});
