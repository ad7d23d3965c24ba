import { errorOf } from './support';
import {
  Application,
  ImageConstruct,
  Testing,
  type ContextFile,
  type DockerfileGeneratorError,
  type ImageProps,
} from '../../../src';
import { renderImage } from '../../../src/synth/render-image';
import { OwnPart, SHOP, shopApp } from '../image/support';

/** Below `own`, an image with files of the build that bear these paths in the context. */
function shopWith(paths: readonly string[], props: Partial<ImageProps> = {}): ImageConstruct {
  const { shop } = shopApp(props);
  const files = paths.map((path): ContextFile => ({ path, content: path, executable: false }));
  new OwnPart(shop, 'own', () => undefined).renderFiles = () => files;
  return shop;
}

function dockerignoreOf(paths: readonly string[]): string[] {
  const { files } = renderImage(shopWith(paths), 'output');
  return files.find(({ path }) => path === 'shop/amd64/.dockerignore')!.content.split('\n');
}

/** What is wrong with the context of an image that has these files. */
function problemsOf(paths: readonly string[]): DockerfileGeneratorError {
  return errorOf(() => renderImage(shopWith(paths), 'output'));
}

describe('the files of an image', () => {
  it('are sorted by path, the contexts of all architectures between those beside them', () => {
    // WHEN
    const { shop } = shopApp({ architectures: ['amd64', 'arm64'] });
    const paths = renderImage(shop, 'output').files.map(({ path }) => path);
    // THEN
    expect(paths).toEqual([...paths].sort());
    expect(paths.filter((path) => path.endsWith('/Dockerfile'))).toEqual([
      'shop/amd64/Dockerfile',
      'shop/arm64/Dockerfile',
    ]);
    expect(paths.filter((path) => !/^shop\/a..64\//.test(path))).toEqual([
      'shop/README.md',
      'shop/apparmor.profile',
      'shop/compose.apparmor.yaml',
      'shop/compose.dev.yaml',
      'shop/compose.yaml',
      'shop/kubernetes-seccomp/kustomization.yaml',
      'shop/kubernetes.yaml',
      'shop/kustomization.yaml',
      'shop/seccomp.json',
    ]);
  });

  it('are the same in the contexts of all architectures, but for the Dockerfile', () => {
    const { files } = renderImage(shopApp({ architectures: ['amd64', 'arm64'] }).shop, 'output');
    const [amd64, arm64] = ['shop/amd64/', 'shop/arm64/'].map((context) =>
      files
        .filter(({ path }) => path.startsWith(context))
        .map((file) => ({ ...file, path: file.path.slice(context.length) })),
    );
    expect(arm64!.filter((file, index) => file.content !== amd64![index]!.content).map(({ path }) => path)).toEqual([
      'Dockerfile',
    ]);
    expect(arm64!.map(({ path, executable }) => [path, executable])).toEqual(
      amd64!.map(({ path, executable }) => [path, executable]),
    );
  });

  it('are executable where a construct or the build runs them, and nowhere else', () => {
    // GIVEN
    const { shop } = shopApp();
    shop.addFile({ target: '/usr/local/bin/tool', content: '#!/bin/sh\n', executable: true });
    shop.addFile({ target: '/usr/local/share/text', content: '' });
    // WHEN
    const { files } = renderImage(shop, 'output');
    // THEN
    const runnable = files.filter(({ executable }) => executable).map(({ path }) => path);
    expect(runnable).toEqual(
      expect.arrayContaining(['shop/amd64/config/files/usr/local/bin/tool', 'shop/amd64/scripts/assemble.sh']),
    );
    expect(runnable.filter((path) => !path.startsWith('shop/amd64/'))).toEqual([]);
    expect(runnable.filter((path) => /Dockerfile|dockerignore|share\/text/.test(path))).toEqual([]);
  });

  it.each([
    ['out', '.', '..', '../..'],
    ['out', 'out', '.', '..'],
    ['out', 'out/code', 'code', '../code'],
    ['build/out', '../shop', '../../../shop', '../../../../shop'],
    ['/srv/out', '/srv/code/php', '../code/php', '../../code/php'],
  ])(
    'in %s name the directory %s of an application as %s, and the image’s own as %s',
    (outdir, directory, told, source) => {
      // GIVEN
      const { shop } = shopApp();
      new Application(shop, 'application', { paths: ['public'], directory, composer: false });
      // WHEN
      const { manifest, files } = renderImage(shop, outdir);
      // THEN
      expect(manifest.application).toMatchObject({ directory: told });
      const readme = files.find(({ path }) => path === 'shop/README.md')!.content;
      expect(readme).toContain(`takes from \`${source}\` these`);
    },
  );

  it('name no directory where there is no application', () => {
    const { manifest, files } = renderImage(shopApp().shop, 'output');
    expect(manifest.application).toBeUndefined();
    expect(files.find(({ path }) => path === 'shop/README.md')!.content).not.toContain('--build-context');
  });
});

describe('.dockerignore', () => {
  it('lets the roots of all files through, once each and by code point, and nothing else', () => {
    const lines = dockerignoreOf(['zone/a', 'Zone/b', 'single-file', 'zone/deep/er', 'zone-1/c']);
    expect(lines).toEqual([
      '*',
      '!Zone',
      '!config',
      '!nginx.conf',
      '!php-fpm.conf',
      '!s6-overlay',
      '!scripts',
      '!single-file',
      '!zone',
      '!zone-1',
      '',
    ]);
  });

  it('is that of its own files, though the names of others are the same letters', () => {
    expect(dockerignoreOf(['ux', 'uyz'])).toEqual(expect.arrayContaining(['!ux', '!uyz']));
    expect(dockerignoreOf(['uxu', 'yz'])).toEqual(expect.arrayContaining(['!uxu', '!yz']));
  });
});

describe('the files of one context', () => {
  it.each(['Dockerfile', '.dockerignore', 'scripts/assemble.sh'])('cannot be two of the name %s', (path) => {
    const { type, details } = problemsOf([path]);
    expect(type).toBe('VALIDATION_ERROR');
    expect(details).toEqual([
      { where: 'shop', what: `two files of the context are named ${path}`, next: 'give one of the two another path' },
    ]);
  });

  it.each([
    ['Dockerfile/x', 'Dockerfile'],
    ['.dockerignore/x/y', '.dockerignore'],
    ['scripts/assemble.sh/x', 'scripts/assemble.sh'],
    ['scripts/assemble.sh/deep/er', 'scripts/assemble.sh'],
  ])('cannot be %s below %s', (path, parent) => {
    expect(problemsOf([path]).details).toEqual([
      {
        where: 'shop',
        what: `${path} lies below ${parent}, which is a file of the context`,
        next: 'give one of the two another path',
      },
    ]);
  });

  it('are all told of at once, by the synthesis too', () => {
    // GIVEN
    const paths = ['Dockerfile', 'nested', 'nested/one', 'nested/two'];
    const app = Testing.app();
    const blog = new ImageConstruct(app, 'blog', SHOP);
    const files = paths.map((path): ContextFile => ({ path, content: '', executable: false }));
    new OwnPart(blog, 'own', () => undefined).renderFiles = () => files;
    // THEN
    expect(Testing.problems(app).map(({ where, what }) => [where, what])).toEqual([
      ['blog', 'two files of the context are named Dockerfile'],
      ['blog', 'nested/one lies below nested, which is a file of the context'],
      ['blog', 'nested/two lies below nested, which is a file of the context'],
    ]);
  });

  it('may have names that begin alike', () => {
    const { files } = renderImage(shopWith(['Dockerfile.dev', 'scriptsx', 'scripts/assemble.sh.old']), 'output');
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'shop/amd64/Dockerfile.dev',
        'shop/amd64/scripts/assemble.sh.old',
        'shop/amd64/scriptsx',
      ]),
    );
  });
});
