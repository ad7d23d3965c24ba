import { errorOf } from './support';
import {
  Application,
  DockerfileGeneratorError,
  ImageConstruct,
  Rules,
  Testing,
  type ContextFile,
  type ErrorType,
  type ImageApp,
  type Problem,
  type Rule,
} from '../../../src';
import { afterEachImage } from '../../../src/synth/after-each-image';
import { assemble } from '../../../src/synth/assemble';
import { OwnPart, SHOP, shopApp } from '../image/support';

/** An app with images of these names. */
function appOf(...ids: string[]): ImageApp {
  const app = Testing.app();
  ids.forEach((id) => new ImageConstruct(app, id, SHOP));
  return app;
}

function find(app: ImageApp, id: string): ImageConstruct {
  return app.node.findChild(id) as ImageConstruct;
}

/** Lets a change of a text fail while an image is rendered. */
function failing(image: ImageConstruct, type: ErrorType, ...places: string[]): void {
  image.patchFile('nginx.conf', () => {
    throw new DockerfileGeneratorError(type, places.map(problemAt));
  });
}

function problemAt(where: string): Problem {
  return { where, what: 'it failed', next: 'mend it' };
}

/** A rule of one's own, that finds something in the images of some names. */
function rule(id: string, level: Rule['level'], ...names: string[]): Rule {
  const check = ({ name }: { readonly name: string }) => (names.includes(name) ? [{ what: 'it is so' }] : []);
  const text = { statement: 'it is otherwise', why: 'it is better', next: 'mend it', sources: [] };
  return { id, level, severity: 'LOW', kind: 'invariant', check, ...text };
}

function addRules(app: ImageApp, ...rules: readonly Rule[]): void {
  Rules.of(app).add({ name: 'own', rules });
}

describe('what is wrong when a tree is rendered', () => {
  it.each<[string, readonly ErrorType[], ErrorType]>([
    ['of that type, where all of it is of one', ['TEMPLATE_ERROR', 'TEMPLATE_ERROR'], 'TEMPLATE_ERROR'],
    ['a validation error, where there are two types', ['TEMPLATE_ERROR', 'SECURITY_ERROR'], 'VALIDATION_ERROR'],
  ])('is %s', (_, types, type) => {
    const app = appOf('a', 'b');
    types.forEach((each, index) => failing(find(app, 'ab'[index]!), each, 'ab'[index]!));
    expect(errorOf(() => assemble(app)).type).toBe(type);
  });

  it('is a validation error, where something was wrong before', () => {
    const app = appOf('a', 'b');
    new OwnPart(find(app, 'a'), 'own', (part) => part.addPackage('No Package'));
    failing(find(app, 'b'), 'TEMPLATE_ERROR', 'b');
    const { type, details } = errorOf(() => assemble(app));
    expect([type, details.map(({ where }) => where)]).toEqual(['VALIDATION_ERROR', ['a/own', 'b']]);
  });

  it('names the image, where its place does not tell', () => {
    const app = appOf('shop', 'shop-api');
    failing(find(app, 'shop'), 'TEMPLATE_ERROR', 'shop', 'shop/own', 'shop-api/own', 'nginx.conf');
    expect(errorOf(() => assemble(app)).details).toEqual(
      ['shop', 'shop/own', 'shop (shop-api/own)', 'shop (nginx.conf)'].map(problemAt),
    );
  });

  it('is not asked of an image that is invalid, but of those beside it', () => {
    // GIVEN
    const app = appOf('blog', 'shop', 'shop-api');
    for (const id of ['blog', 'shop']) {
      new OwnPart(find(app, id), 'own', (part) => part.addPackage('No Package'));
      failing(find(app, id), 'TEMPLATE_ERROR', id);
    }
    failing(find(app, 'shop-api'), 'TEMPLATE_ERROR', 'shop-api');
    // WHEN, THEN
    expect(errorOf(() => assemble(app)).details.map(({ where }) => where)).toEqual([
      'blog/own',
      'shop/own',
      'shop-api',
    ]);
  });
});

describe('what rules of one’s own say', () => {
  it('is an error of security, for each image that breaks them', () => {
    const app = appOf('a', 'b', 'c');
    addRules(app, rule('OWN-001', 'error', 'a', 'c'));
    const { type, details } = errorOf(() => assemble(app));
    expect([type, details.map(({ where }) => where)]).toEqual(['SECURITY_ERROR', ['a', 'c']]);
  });

  it('comes behind what else is wrong, and does not change what kind of error it is', () => {
    const app = appOf('a', 'b');
    addRules(app, rule('OWN-001', 'error', 'a'));
    failing(find(app, 'b'), 'TEMPLATE_ERROR', 'b');
    const { type, details } = errorOf(() => assemble(app));
    expect([type, details.map(({ where }) => where)]).toEqual(['TEMPLATE_ERROR', ['b', 'a']]);
  });

  it('is counted for each image: the rules that were asked, and those that warn', () => {
    // GIVEN
    const plain = assemble(appOf('a', 'b')).judgements;
    const app = appOf('b', 'a');
    addRules(app, rule('OWN-001', 'warning', 'a', 'b'), rule('OWN-002', 'warning', 'b'), rule('OWN-003', 'error'));
    // WHEN
    const { judgements } = assemble(app);
    // THEN
    const more = [...judgements].map(([name, { rules, warnings }]) => {
      const { rules: before, warnings: warned } = plain.get(name)!;
      return [name, rules - before, warnings - warned];
    });
    expect(more).toEqual([
      ['a', 3, 1],
      ['b', 3, 2],
    ]);
  });

  it('is said of the files as they stand in the image’s directory', () => {
    // GIVEN
    const app = appOf('shop');
    const seen: string[][] = [];
    addRules(app, {
      ...rule('OWN-001', 'error'),
      check: ({ files }) => {
        seen.push(files.map(({ path, executable, content }) => `${path} ${executable} ${content.length > 0}`));
        return [];
      },
    });
    // WHEN
    const rendered = [...assemble(app).files((path) => path.startsWith('shop/'))];
    // THEN
    expect(seen).toEqual([rendered.map(({ path, executable }) => `${path.slice('shop/'.length)} ${executable} true`)]);
    expect(seen[0]).toContain('amd64/Dockerfile false true');
  });
});

describe('an assembly', () => {
  afterEach(() => afterEachImage(undefined));

  it('gives the files that are wanted, with their mode, in the order of the manifest', () => {
    const { files, manifest } = assemble(appOf('shop-api', 'shop'));
    const wanted = (path: string): boolean => /(?:README\.md|assemble\.sh|\.json)$/.test(path);
    const given = [...files(wanted)].map(({ path, executable }) => [path, executable]);
    const listed = Object.entries(manifest.files).filter(([path]) => wanted(path));
    expect(given).toEqual(listed.map(([path, { executable = false }]) => [path, executable]));
    expect(given).toContainEqual(['shop/amd64/scripts/assemble.sh', true]);
    expect([...files()].map(({ path }) => path)).toEqual(Object.keys(manifest.files));
  });

  it.each([
    [undefined, 'there'],
    ['.', 'output/there'],
  ])('names the directory of an application relative to the output: %s', (outdir, directory) => {
    const { app, shop } = shopApp();
    new Application(shop, 'application', { paths: ['public'], directory: 'output/there' });
    const { application } = assemble(app, outdir).manifest.images.shop!;
    expect(application?.directory).toBe(directory);
  });

  it('tells what each image has alike with others, and what it has alone', () => {
    const { images } = assemble(appOf('a', 'b')).manifest;
    expect(images.a!.packages).toEqual(images.b!.packages);
    expect(images.a!.packages.length).toBeGreaterThan(3);
    expect([images.a!.architectures.amd64?.context, images.b!.architectures.amd64?.context]).toEqual([
      'a/amd64',
      'b/amd64',
    ]);
  });

  it('renders an image, and a file of a construct of one’s own, once', () => {
    // GIVEN
    const { app, shop } = shopApp();
    let [calls, done] = [0, 0];
    class Counting extends OwnPart {
      override renderFiles(): readonly ContextFile[] {
        return [{ path: 'count', content: `${++calls}`, executable: false }];
      }
    }
    new Counting(shop, 'counting', () => undefined);
    afterEachImage(() => (done += 1));
    // WHEN
    const files = [...assemble(app).files()];
    // THEN
    expect(files.filter(({ path }) => path.endsWith('/count')).map(({ content }) => content)).toEqual(['1']);
    expect([calls, done]).toEqual([1, 1]);
  });
});
