import {
  Application,
  Catalog,
  DebianPlatform,
  ImageConstruct,
  Testing,
  type ApplicationProps,
  type ImageConfig,
  type ImageProps,
  type ReleaseFacts,
} from '../../../src';
import { renderImage } from '../../../src/synth/render-image';
import { shopApp } from '../image/support';

/** The sections of the README of `shop`, by their titles; the first one by the image's name. */
function readmeOf(props: Partial<ImageProps> = {}, application?: Partial<ApplicationProps>): Record<string, string> {
  const { shop } = shopApp(props);
  if (application) {
    new Application(shop, 'application', { paths: ['public'], ...application });
  }
  return sectionsOf(shop);
}

function sectionsOf(shop: ImageConstruct): Record<string, string> {
  const { content } = renderImage(shop, 'output').files.find(({ path }) => path === 'shop/README.md')!;
  return Object.fromEntries(content.split(/^##? /m).map((text) => [text.split('\n')[0]!, text.replace(/^.*\n\n/, '')]));
}

/** Of a section, the rows of its table below the head and its line. */
function rowsOf(section: string): string[][] {
  const lines = section.split('\n').filter((line) => line.startsWith('| '));
  return lines
    .filter((_, index) => index !== 1)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** A Debian of which other facts are known. */
function debian(facts: Partial<ReleaseFacts>): Partial<ImageProps> {
  const shipped = Catalog.shipped();
  const release = { ...shipped.release('debian', 'trixie')!, ...facts };
  return { platform: new DebianPlatform(shipped.with({ releases: { debian: [release] } })), release: 'trixie' };
}

const TRIXIE = Catalog.shipped().release('debian', 'trixie')!;

describe('the README of an image', () => {
  it('begins with what it is, and has a section for each question', () => {
    const { '': before, shop, ...sections } = readmeOf({ security: { uid: 5001 } });
    expect(before).toBe('');
    expect(shop!.split('\n')[0]).toBe(
      'nginx and PHP-FPM 8.4 on debian trixie, supervised by s6, as user 5001 without privileges on a read-only root.',
    );
    expect(Object.keys(sections)).toEqual([
      'Build',
      'Run',
      'Deploy',
      'The application',
      'Settings at the start',
      'What is in it',
    ]);
  });

  it('is a text of whole lines', () => {
    const text = Testing.synth(shopApp().app).file('shop/README.md');
    expect(text).toMatch(/[^\n]\n$/);
    expect(text).not.toMatch(/undefined|null|\[object|,,|\n{3}/);
  });

  it.each([
    ['', '', undefined],
    ['with the code of an application', ' --build-context application=../../code', { directory: 'code' }],
  ])('says how each architecture is built %s', (_, context, application) => {
    const build = (arch: string) =>
      `\`docker buildx build --platform linux/${arch}${context} --tag shop:${arch} --load ${arch}\``;
    const { Build } = readmeOf({ architectures: ['amd64', 'arm64'] }, application);
    expect(Build).toBe(`${build('amd64')}\n\n${build('arm64')}\n\n`);
  });

  it.each([
    ['code that is mounted', '  --volume "$PWD/app:/var/www/html:ro" shop:amd64', undefined],
    ['code that is in it', '  shop:amd64', {}],
  ])('says how it is run with %s, a flag a line', (_, last, application) => {
    const [, command] = /```sh\n(.*)\n```/s.exec(readmeOf({}, application).Run!)!;
    const lines = command!.split('\n');
    expect([lines[0], lines[1], lines.at(-1)]).toEqual(['docker run \\', '  --read-only \\', last]);
    expect(lines.slice(1, -1).filter((line) => !/^ {2}--[a-z-]+(?:[ =]\S.*)? \\$/.test(line))).toEqual([]);
    expect(lines.length).toBeGreaterThan(15);
  });

  it.each([
    ['distribution', 'docker run --rm shop:arm64 php --version'],
    ['overlay', 'docker run --rm --entrypoint php shop:arm64 --version'],
  ] as const)('says how one command is run under the s6 of the %s', (source, command) => {
    const { Run } = readmeOf({ s6: { source }, architectures: ['arm64'] });
    expect(Run).toContain(`\`${command}\``);
    expect(Run!.includes('after the servers have started')).toBe(source === 'overlay');
  });
});

describe('the README of how an image is deployed', () => {
  it('says what each of the files beside it is for', () => {
    const { app } = shopApp();
    const [head, ...rows] = rowsOf(readmeOf().Deploy!);
    const paths = rows.map(([file]) => file!.slice(1, -1));
    const beside = Testing.synth(app).paths.filter((path) => /^shop\/(?!amd64\/|README)/.test(path));
    expect(head).toEqual(['file', 'what it is for']);
    expect([...paths].sort()).toEqual(beside.map((path) => path.split('/')[1]).sort());
    expect(rows.filter(([, purpose]) => !/^\S+ \S+ /.test(purpose!))).toEqual([]);
  });

  it('names the image, and what follows from its name', () => {
    // GIVEN
    const shop = new ImageConstruct(Testing.app(), 'shop_8.4', { php: '8.4', platform: 'debian' });
    const text = renderImage(shop, 'output').files.find(({ path }) => path === 'shop_8.4/README.md')!.content;
    // THEN
    const rows = rowsOf(text);
    expect(rows).toContainEqual(['`apparmor.profile`', 'the profile `shop_8.4`']);
    expect(rows.find(([file]) => file === '`kubernetes.yaml`')![1]).toContain('in the namespace `shop-8-4`');
    expect(text).toContain('`--security-opt apparmor=shop_8.4` for `docker run`');
    expect(text).toContain('/var/lib/kubelet/seccomp/profiles/shop_8.4.json`');
    expect(text).toContain('each node of `shop_8.4`');
  });

  it.each([
    ['docker compose', undefined],
    ['APP=../../code docker compose', { directory: 'code' }],
  ])('begins the command for development with %s', (command, application) => {
    const { Deploy } = readmeOf({}, application);
    expect(Deploy).toContain(`- Development: \`${command} --file compose.yaml --file compose.dev.yaml up\`.\n`);
  });

  it.each([
    ['one pod', ['/data'], 'The volumes are mounted by one node at a time'],
    ['two pods', [], 'Nothing is kept between containers'],
  ])('gives the reason for %s', (pods, volumes, reason) => {
    expect(readmeOf({ volumes }).Deploy).toContain(`- ${reason}, so`);
    expect(readmeOf({ volumes }).Deploy).toContain(pods);
  });
});

describe('the README of the application', () => {
  it('says where it lies, what of it may run, and where it may write', () => {
    const nginx = { documentRoot: '/var/www/html/web', entryPoints: ['/app.php', '/admin.php'] };
    expect(rowsOf(readmeOf({ nginx, volumes: ['/data'] })['The application']!)).toEqual([
      ['what', 'where'],
      ['application, owned by root, read-only', '`/var/www/html`'],
      ['document root', '`/var/www/html/web`'],
      ['PHP files that may run', '`/app.php`, `/admin.php`; every other one answers 404'],
      ['requests that match no file', 'go to `/app.php`'],
      ['state of the application (volume)', '`/data`'],
      ['sockets and the state of s6 (tmpfs)', '`/run`'],
      ['uploads in flight and temporary files (tmpfs)', '`/tmp`'],
    ]);
  });

  it.each<readonly [string, Partial<ApplicationProps> | undefined, RegExp]>([
    [
      'by another image or a mount',
      undefined,
      /\nCode arrives by `FROM shop` and `COPY [^`]+`, or by a read-only mount\.\n\n$/,
    ],
    [
      'by the build, without Composer',
      { composer: false, paths: ['src', 'public'], directory: 'code' },
      /\nThe code is in the image\. Its build takes from `\.\.\/\.\.\/code` these, and nothing else: `public`, `src`\.\n\n$/,
    ],
    [
      'by the build, with Composer',
      { directory: 'code' },
      /\.\.\/code` these, and nothing else: `composer\.json`, `composer\.lock`, `public`\.\nComposer .*`--secret id=composer-auth,src=auth\.json`\.\n\n$/s,
    ],
  ])('says that code arrives %s', (_, application, text) => {
    expect(readmeOf({}, application)['The application']).toMatch(text);
  });
});

describe('the README of settings and requests', () => {
  it('lists the variables with the defaults of this image', () => {
    const php = { version: '8.4', memoryLimit: '96M', maxExecutionTime: 20, fpm: { requestTimeout: 40 } };
    const section = readmeOf({ php, nginx: { requestTimeout: 50 } })['Settings at the start']!;
    expect(rowsOf(section)[0]).toEqual(['variable', 'default', 'meaning']);
    expect(rowsOf(section)).toContainEqual(['`PHP_MEMORY_LIMIT`', '96M', 'memory of one request']);
    expect(section).toContain('\nA request may take PHP 20 s, PHP-FPM 40 s, nginx 50 s.\n');
  });

  it.each([
    ['takes files', true],
    ['takes no files', false],
  ])('says of forms whether PHP %s', (_, uploads) => {
    const section = readmeOf({ php: { version: '8.4', uploads } })['Settings at the start']!;
    const before = uploads ? '(`allow_url_fopen`), and' : '(`allow_url_fopen`), takes no files in forms, and';
    expect(section).toContain(`${before} sends its session cookie over TLS alone.`);
  });

  it('names what was granted with its reasons, or that nothing was', () => {
    const grants: ImageConfig['php']['grants'] = [
      { function: 'proc_open', reason: 'thumbnails by another program' },
      { setting: 'allow_url_fopen', reason: 'reads feeds by their addresses' },
    ];
    expect(readmeOf()['Settings at the start']).toContain('Granted here: nothing.\n');
    expect(readmeOf({ php: { version: '8.4', grants } })['Settings at the start']).toContain(
      'Granted here: `proc_open` (thumbnails by another program), `allow_url_fopen` (reads feeds by their addresses).\n',
    );
  });

  it.each([
    [null, 'One address has at most 33 requests in flight; more are answered 429.'],
    [7, 'One address has at most 33 requests in flight and 7 a second; more are answered 429.'],
  ])('tells of the limits of one address, %p requests a second among them', (requestsPerSecond, text) => {
    const nginx = { limits: { connections: 33, requestsPerSecond } };
    expect(readmeOf({ nginx })['Settings at the start']).toContain(text);
  });
});

describe('the README of what is in an image', () => {
  it.each([
    ['manifest of the architecture', TRIXIE.base],
    ['index over all architectures', { ...TRIXIE.base, digests: undefined }],
  ])('names the base by the %s, and every package', (from, base) => {
    const [head, first, ...packages] = rowsOf(readmeOf(debian({ base }))['What is in it']!);
    expect(head).toEqual(['what', 'from', 'certainty']);
    expect(first).toEqual([`${base.repository}:${base.tag}`, from, 'verified']);
    expect(packages).toContainEqual(['php8.4-fpm', 'archive', 'verified']);
  });

  it('names the extensions by name, and those apart that only the command line has', () => {
    const facts = TRIXIE.php['8.4']!;
    const php = {
      ...TRIXIE.php,
      '8.4': { ...facts, extensions: { ...facts.extensions, ctype: 'cli', json: 'cli' } },
    } as const;
    const asked = (...extensions: string[]) => readmeOf({ ...debian({ php }), php: { version: '8.4', extensions } });
    expect(asked('zip', 'dom')['What is in it']).toContain('\n\nExtensions: dom, zip.\n\nPHP');
    expect(asked('zip', 'json', 'ctype')['What is in it']).toMatch(
      /\n\nExtensions: ctype, json, zip\.\n\nOnly the command line has: (?:ctype, json|json, ctype)\.\n\nPHP/,
    );
  });

  it.each([
    ['with a longer support', '2030-02-03', 'until 2030-01-02 (extended support until 2030-02-03).\n'],
    ['without', undefined, 'until 2030-01-02.\n'],
  ])('ends with the ends of support, %s', (_, extended, until) => {
    const endOfLife = { ...TRIXIE.endOfLife, date: '2030-01-02', extended };
    const { securitySupportEnd } = Catalog.shipped().lifecycle('8.4')!;
    expect(readmeOf(debian({ endOfLife }))['What is in it']!.split('\n\n').at(-1)).toBe(
      `PHP 8.4 gets security fixes until ${securitySupportEnd}; debian trixie ${until}`,
    );
  });

  it('knows no date for a PHP whose life is not known', () => {
    const catalog = Object.create(Catalog.shipped(), { lifecycle: { value: () => undefined } }) as Catalog;
    const platform = new DebianPlatform(catalog);
    expect(readmeOf({ platform })['What is in it']).toContain(
      'PHP 8.4 gets security fixes until an unknown date; debian',
    );
  });
});
