import { DockerfileParser } from 'dockerfile-ast';
import {
  Application,
  collectInputs,
  ImageConstruct,
  Testing,
  type ApplicationProps,
  type ImageProps,
} from '../../../src';

function synthesize(props: Partial<ApplicationProps> = {}, image: Partial<ImageProps> = {}) {
  const app = Testing.app();
  const shop = new ImageConstruct(app, 'shop', {
    php: '8.4',
    platform: 'debian',
    architectures: ['amd64'],
    ...image,
  });
  new Application(shop, 'application', { paths: ['public', 'src'], ...props });
  return app;
}

const text = (app: ReturnType<typeof Testing.app>, path: string): string =>
  Testing.synth(app).file(`shop/amd64/${path}`);

/** The stages of a Dockerfile by a parser that is not ours: where each starts from, and what it runs. */
function stages(dockerfile: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  let current = '';
  for (const instruction of DockerfileParser.parse(dockerfile).getInstructions()) {
    const words = instruction.getArguments().map(String);
    if (instruction.getKeyword() === 'FROM') {
      current = words[2] ?? 'last';
      found[current] = `FROM ${words[0]!.replace(/@.*/, '')}`;
    } else {
      found[current] += ` ${instruction.getKeyword()}`;
    }
  }
  return found;
}

describe('the application of an image', () => {
  it('comes through an empty stage that a directory takes the place of, and one with Composer that is thrown away', () => {
    const dockerfile = text(synthesize(), 'Dockerfile');
    expect(stages(dockerfile)).toMatchObject({
      application: 'FROM scratch',
      code: 'FROM packages ARG RUN RUN',
      assemble: 'FROM packages RUN',
    });
    expect(dockerfile).toContain('--mount=type=bind,from=code,source=/code,target=/code');
    expect(text(synthesize(), 'scripts/assemble.sh')).not.toMatch(/\bcomposer\b(?!\.lock)/);
  });

  it('has Composer of the distribution, where that is made for this PHP', () => {
    const app = synthesize();
    expect(text(app, 'scripts/application.sh')).toContain('composer=/usr/bin/composer\n');
    expect(Testing.synth(app).manifest.images.shop).toMatchObject({
      application: {
        directory: '..',
        paths: ['composer.json', 'composer.lock', 'public', 'src'],
        composer: 'distribution',
      },
    });
  });

  it.each([
    ['alpine', '8.4', 'base'],
    ['debian', '8.3', 'packages'],
    ['ubuntu', '8.3', 'packages'],
  ])('downloads Composer by its checksum on %s with PHP %s', (platform, php, parent) => {
    const app = synthesize({}, { platform, php });
    const { composer, code } = stages(text(app, 'Dockerfile'));
    expect(composer).toBe('FROM scratch ADD');
    expect(code).toMatch(new RegExp(`^FROM ${parent} `));
    const { downloads } = Testing.synth(app).manifest.images.shop!.architectures.amd64!;
    const locked = collectInputs(synthesize({}, { platform, php })).composer!;
    expect(downloads).toContainEqual({ url: locked.url, sha256: locked.sha256 });
    expect(text(app, 'Dockerfile')).toContain(`ADD --checksum=sha256:${locked.sha256} ${locked.url} `);
  });

  it('gives Composer the extensions of the image and those that it needs itself, and the image none of them', () => {
    const dockerfile = text(
      synthesize({ buildPackages: ['git'] }, { php: { version: '8.4', extensions: ['intl'] } }),
      'Dockerfile',
    );
    const [, code = ''] = /AS code\n([^]*?)\nFROM/.exec(dockerfile) ?? [];
    const [, packages = ''] = /AS packages\n([^]*?)\nFROM/.exec(dockerfile) ?? [];
    expect(code).toMatch(/php8\.4-zip/);
    expect(code).toMatch(/\bgit\b/);
    expect(packages).toContain('php8.4-intl');
    expect(packages).not.toMatch(/php8\.4-zip|\bgit\b|composer/);
  });

  it('takes credentials by a secret of the build alone', () => {
    const dockerfile = text(synthesize(), 'Dockerfile');
    expect(dockerfile).toContain('--mount=type=secret,id=composer-auth,');
    expect(dockerfile).not.toMatch(/^(?:ARG|ENV) .*(?:AUTH|TOKEN)/m);
  });

  it('needs no Composer', () => {
    const dockerfile = text(synthesize({ composer: false, paths: ['public'] }), 'Dockerfile');
    expect(stages(dockerfile)).toMatchObject({ code: 'FROM base RUN' });
    expect(dockerfile).not.toMatch(/composer|secret/);
  });

  it('is named, relative to each, by the README of the image, the bake file and the manifest', () => {
    const { file, manifest } = Testing.synth(synthesize({ directory: '../web' }));
    expect(file('shop/README.md')).toContain('--build-context application=../../../web ');
    expect(manifest.images.shop!.application!.directory).toBe('../../web');
    const bake = JSON.parse(file('docker-bake.json')) as { target: Record<string, { contexts?: object }> };
    expect(Object.values(bake.target).map(({ contexts }) => contexts)).toEqual([{ application: '../../web' }]);
  });

  it('keeps the rules: who changes how Composer is called is refused', () => {
    const app = synthesize();
    ImageConstruct.all(app)[0]!.patchFile('scripts/application.sh', (script) => script.replace('--no-dev ', ''));
    expect(
      Testing.problems(app)
        .map(({ what }) => what)
        .join(),
    ).toContain('DF-027');
  });

  it.each<readonly [string, Partial<ApplicationProps>, string]>([
    ['nothing', { paths: [] }, 'paths is empty'],
    ['what lies outside of it', { paths: ['public', '../other'] }, '"../other" is not a path of the application'],
    ['what a shell would read', { paths: ['public', 'a b;c'] }, '"a b;c" is not a path of the application'],
    ['secrets', { paths: ['public', '.env'] }, '.env has the name of a secret'],
    ['a key', { paths: ['public', 'config/id_rsa'] }, 'config/id_rsa has the name of a secret'],
    ['what Composer makes', { paths: ['public', 'vendor'] }, 'vendor is what Composer makes'],
    ['something twice', { paths: ['public', 'public/css'] }, 'public/css comes with public'],
    ['no document root', { paths: ['src'] }, 'no path brings the document root /var/www/html/public'],
    ['a directory of no name', { directory: '' }, '"" is no directory'],
  ])('is refused with %s', (_, props, what) => {
    expect(Testing.problems(synthesize(props))).toContainEqual(
      expect.objectContaining({ where: 'shop/application', what }),
    );
  });

  it('is refused with a Composer that is made for another PHP, or that nobody knows', () => {
    const what = (image: Partial<ImageProps>) =>
      Testing.problems(synthesize({ composer: 'distribution' }, image)).map((problem) => problem.what);
    expect(what({ php: '8.3' })).toEqual([
      'the Composer of debian trixie is made for its own PHP, not for PHP 8.3 of sury',
    ]);
    expect(what({ platform: 'alpine' })).toEqual(['the catalogue knows no package of Composer on alpine 3.24']);
  });

  it('is one in an image', () => {
    const app = synthesize();
    new Application(ImageConstruct.all(app)[0]!, 'second', { paths: ['public'] });
    expect(Testing.problems(app)).toContainEqual(
      expect.objectContaining({ where: 'shop/second', what: 'shop/application brings an application already' }),
    );
  });

  it('may bring .env.local.php, which Symfony reads', () => {
    expect(Testing.problems(synthesize({ paths: ['public', 'src', '.env.local.php'] }))).toEqual([]);
  });
});
