import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import type { IConstruct } from 'constructs';
import {
  assess,
  Aspects,
  DebianPlatform,
  HARDENING_PACKS,
  HardeningRules,
  ImageApp,
  ImageConstruct,
  parseDockerfile,
  parseIni,
  PhpFpmConstruct,
  Rules,
  RuleSubject,
  SECURITY_PRIORITY,
  SecurityAspect,
  Testing,
  violationsOf,
  type Aspect,
  type ContextFile,
  type ImageConfig,
  type ImageProps,
  type PlatformOutput,
  type Rule,
} from '../../../src';
import { errorOf, removeTemporaryDirectories, synthInto, temporaryDirectory } from '../synth/support';

const SHOP: ImageProps = { php: '8.4', platform: 'debian', architectures: ['amd64'] };

afterEach(removeTemporaryDirectories);

function shop(app: ImageApp, props: object = {}): ImageConstruct {
  return new ImageConstruct(app, 'shop', { ...SHOP, ...props });
}

/** An aspect that does something to every image. */
function toImages(change: (image: ImageConstruct) => void): Aspect {
  return { visit: (node: IConstruct) => (node instanceof ImageConstruct ? change(node) : undefined) };
}

/** What the bytes themselves say, read anew: the last word on who runs, and on what a request may do. */
function hardness(app: ImageApp): object {
  const { file } = Testing.synth(app);
  const stage = parseDockerfile(file('shop/amd64/Dockerfile')).stages.at(-1)!;
  const pool = new Map(parseIni(file('shop/amd64/php-fpm.conf')).map(({ name, value }) => [name, value]));
  return {
    user: stage.instructions.filter(({ keyword }) => keyword === 'USER').at(-1)?.text,
    include: pool.get('php_admin_flag[allow_url_include]'),
    functions: pool.get('php_admin_value[disable_functions]')?.split(',').includes('shell_exec'),
    tokens: /^\s*server_tokens off;$/m.test(file('shop/amd64/nginx.conf')),
  };
}

const HARD = { user: '10001:10001', include: 'Off', functions: true, tokens: true };

/** Ids of the rules that refuse a tree with SECURITY_ERROR. */
function refusedBy(app: ImageApp): string[] {
  const error = errorOf(() => Testing.synth(app));
  expect(error.type).toBe('SECURITY_ERROR');
  return error.details.map(({ what }) => what.split(' ')[0]!);
}

/** The symbol by which a construct holds something of ours. */
function symbolOf(construct: IConstruct, name: string): symbol {
  return Object.getOwnPropertySymbols(construct).find((symbol) => symbol.description?.endsWith(`.${name}`))!;
}

/** Something that fails silently where code is not strict, and throws where it is. */
function attempt(attack: () => unknown): void {
  try {
    attack();
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
  }
}

describe('an image that nobody touched', () => {
  it('is hard', () => {
    const app = Testing.app();
    shop(app);
    expect(hardness(app)).toEqual(HARD);
  });
});

describe('what a person could try so as to leave the hardening out is in vain:', () => {
  test.each([
    ['hardening', false],
    ['securityAspect', null],
    ['aspects', []],
    ['rules', []],
    ['security', { hardening: false }],
  ])('a prop %s', (name, value) => {
    const app = Testing.app();
    shop(app, { [name]: value });
    expect(errorOf(() => Testing.synth(app)).type).toBe('VALIDATION_ERROR');
  });

  test('options of the app and of the synthesis', () => {
    const outdir = temporaryDirectory();
    const app = new ImageApp({ outdir, aspects: [], rules: [], hardening: false } as object);
    shop(app).patchFile('Dockerfile', (text) => `${text}USER root\n`);
    const options = { force: true, rules: [], skipRules: ['DF-001'], security: false };
    expect(errorOf(() => app.synth(options)).type).toBe('SECURITY_ERROR');
  });

  test('a subclass of the app that empties its lists', () => {
    class SoftApp extends ImageApp {
      readonly aspects = [];
      readonly rules = [];

      constructor() {
        super({ outdir: '/dev/null' });
        (Aspects.of(this).all as unknown[]).length = 0;
        (Rules.of(this).packs as unknown[]).length = 0;
      }
    }
    const app = new SoftApp();
    shop(app);
    expect(hardness(app)).toEqual(HARD);
  });

  test('a subclass of the image that softens when it is locked', () => {
    class SoftImage extends ImageConstruct {
      override lock(): void {
        this.php.adminSettings.clear();
      }
    }
    const app = Testing.app();
    new SoftImage(app, 'shop', SHOP);
    expect(refusedBy(app)).toContain('PHP-002');
  });

  test('a subclass of the image with a configuration of its own', () => {
    class RootImage extends ImageConstruct {
      override get config(): ImageConfig {
        const config = super.config;
        return { ...config, security: { ...config.security, uid: 0, gid: 0 } };
      }
    }
    const app = Testing.app();
    new RootImage(app, 'shop', SHOP);
    expect(refusedBy(app)).toContain('DF-001');
  });

  test('a grant without its reason, past the schema', () => {
    class GenerousImage extends ImageConstruct {
      override get config(): ImageConfig {
        const config = super.config;
        return { ...config, php: { ...config.php, grants: [{ setting: 'allow_url_fopen', reason: '' }] } };
      }
    }
    const app = Testing.app();
    new GenerousImage(app, 'shop', SHOP);
    expect(refusedBy(app)).toContain('PHP-002');
  });

  test('a subclass of PHP-FPM that renders what it likes', () => {
    class SoftPhp extends PhpFpmConstruct {
      override renderFiles(): readonly ContextFile[] {
        return super.renderFiles().map((file) => ({
          ...file,
          content: file.content.replaceAll(/^php_admin_.*\n/gm, ''),
        }));
      }
    }
    const app = Testing.app();
    Object.setPrototypeOf(shop(app).php, SoftPhp.prototype as object);
    expect(refusedBy(app)).toContain('PHP-002');
  });

  test('a platform that leaves the user out', () => {
    class RootPlatform extends DebianPlatform {
      override render(...args: Parameters<DebianPlatform['render']>): PlatformOutput {
        const output = super.render(...args);
        const stages = output.dockerfile.stages.map((stage) => ({
          ...stage,
          instructions: stage.instructions.filter(({ kind }) => kind !== 'user'),
        }));
        return { ...output, dockerfile: { ...output.dockerfile, stages } };
      }
    }
    const app = Testing.app();
    shop(app, { platform: new RootPlatform() });
    expect(refusedBy(app)).toContain('DF-001');
  });

  test.each([
    [
      'takes all settings away, after it',
      SECURITY_PRIORITY + 1,
      (image: ImageConstruct) => image.php.adminSettings.clear(),
    ],
    ['takes one setting away, at its end', 1e9, (image: ImageConstruct) => image.php.adminSettings.delete('enable_dl')],
    [
      'sets another value before it',
      0,
      (image: ImageConstruct) => image.php.adminSettings.set('allow_url_include', true),
    ],
    [
      'puts another map in the place',
      SECURITY_PRIORITY + 1,
      (image: ImageConstruct) => Object.assign(image.php, { adminSettings: new Map() }),
    ],
    [
      'makes the map deaf before it',
      0,
      (image: ImageConstruct) => Object.assign(image.php.adminSettings, { set: () => undefined }),
    ],
  ])('an aspect that %s', (_, priority, change) => {
    const app = Testing.app();
    shop(app);
    Aspects.of(app).add(toImages(change), { priority });
    expect(refusedBy(app)).toContain('PHP-002');
  });

  test('an image that is locked before the SecurityAspect comes', () => {
    const app = Testing.app();
    shop(app).node.lock();
    expect(refusedBy(app)).toContain('PHP-002');
  });

  test.each(['Aspects', 'Rules'])('taking %s from the app', (name) => {
    // GIVEN
    const app = Testing.app();
    shop(app).patchFile('Dockerfile', (text) => `${text}USER root\n`);
    Aspects.of(app);
    Rules.of(app);
    const symbol = symbolOf(app, name);
    // WHEN
    expect(symbol).toBeDefined();
    expect(Reflect.deleteProperty(app, symbol)).toBe(false);
    attempt(() => Object.defineProperty(app, symbol, { value: { all: [], packs: [], lock: () => undefined } }));
    // THEN
    expect(refusedBy(app)).toContain('DF-001');
  });

  test('a SecurityAspect that does nothing', () => {
    const { visit } = SecurityAspect.prototype;
    try {
      SecurityAspect.prototype.visit = () => undefined;
      const app = Testing.app();
      shop(app);
      expect(refusedBy(app)).toContain('PHP-002');
    } finally {
      SecurityAspect.prototype.visit = visit;
    }
  });

  test.each<[string, () => unknown]>([
    ['pushing to a pack', () => (HardeningRules.dockerfile.rules as Rule[]).push({} as Rule)],
    ['emptying a pack', () => ((HardeningRules.dockerfile.rules as Rule[]).length = 0)],
    ['putting another rule in the place', () => ((HardeningRules.dockerfile.rules as Rule[])[0] = {} as Rule)],
    ['another check of a rule', () => Object.assign(HardeningRules.dockerfile.rules[0]!, { check: () => [] })],
    ['a rule that only warns', () => Object.assign(HardeningRules.dockerfile.rules[0]!, { level: 'warning' })],
    ['another pack', () => Object.assign(HardeningRules, { dockerfile: { name: 'dockerfile', rules: [] } })],
    ['emptying the list of packs', () => ((HARDENING_PACKS as unknown[]).length = 0)],
    ['a subject that grants everything', () => (RuleSubject.prototype.isGranted = () => true)],
    ['a subject that shows nothing', () => (RuleSubject.prototype.eachContext = () => [])],
  ])('%s', (_, attack) => {
    // WHEN
    expect(attack).toThrow(TypeError);
    // THEN
    const app = Testing.app();
    shop(app, { php: { version: '8.4', ini: { allow_url_fopen: true } } }).patchFile(
      'Dockerfile',
      (text) => `${text}USER root\n`,
    );
    expect(refusedBy(app)).toEqual(expect.arrayContaining(['DF-001', 'PHP-002']));
  });

  test('a rule of one’s own with the id of a shipped one', () => {
    const app = Testing.app();
    shop(app);
    Rules.of(app).add({ name: 'mine', rules: [{ ...HardeningRules.dockerfile.rules[0]!, check: () => [] } as Rule] });
    const error = errorOf(() => Testing.synth(app));
    expect(error.message).toContain('the rule DF-001 of the pack mine has the id of a rule of the pack dockerfile');
  });

  test('a rule of one’s own that throws, even if it only warns', () => {
    const app = Testing.app();
    shop(app);
    const check = (): never => {
      throw new Error('broken on purpose');
    };
    const text = { severity: 'LOW', kind: 'invariant', statement: 's', why: 'w', next: 'n', sources: ['me'] } as const;
    Rules.of(app).add({ name: 'mine', rules: [{ id: 'MY-001', level: 'warning', ...text, check }] });
    const error = errorOf(() => Testing.synth(app));
    expect(error.type).toBe('SECURITY_ERROR');
    expect(error.message).toContain('MY-001 could not be checked: broken on purpose');
  });

  test('a rule of one’s own that empties what it reads, for the rules of the next image', () => {
    // GIVEN two images with the same root user, and a rule that would take the instructions away
    const app = Testing.app();
    const images = ['shop', 'twin'].map((name) => new ImageConstruct(app, name, SHOP));
    images.forEach((image) => image.patchFile('Dockerfile', (text) => `${text}USER root\n`));
    const tamper = (subject: RuleSubject): [] => {
      const [context] = subject.contexts;
      const readings = [
        context!.dockerfile().stages,
        context!.nginx(),
        context!.ini('php-fpm.conf'),
        subject.yaml('compose.yaml'),
      ];
      readings.forEach((reading) => expect(() => ((reading as unknown[]).length = 0)).toThrow(TypeError));
      return [];
    };
    const text = { severity: 'LOW', kind: 'invariant', statement: 's', why: 'w', next: 'n', sources: ['me'] } as const;
    Rules.of(app).add({ name: 'mine', rules: [{ id: 'MY-001', ...text, check: tamper }] });
    // WHEN
    const { details } = errorOf(() => Testing.synth(app));
    // THEN
    expect(details.filter(({ what }) => what.startsWith('DF-001')).map(({ where }) => where)).toEqual(['shop', 'twin']);
    expect(details.filter(({ what }) => what.startsWith('MY-001'))).toEqual([]);
  });

  test('editing a file after the synthesis: the rules find it on the disk', () => {
    // GIVEN
    const outdir = temporaryDirectory();
    const { manifest } = synthInto(outdir);
    const read = (): RuleSubject => {
      const files = Object.entries(manifest.files)
        .filter(([path]) => path.startsWith('shop/'))
        .map(([path, { executable }]) => ({
          path: path.slice('shop/'.length),
          content: readFileSync(join(outdir, path), 'utf8'),
          executable: executable ?? false,
        }));
      return new RuleSubject('shop', manifest.images.shop!, files);
    };
    expect(violationsOf(assess(read()))).toEqual([]);
    // WHEN
    const dockerfile = join(outdir, 'shop/amd64/Dockerfile');
    writeFileSync(dockerfile, readFileSync(dockerfile, 'utf8').replace(/^USER .*$/m, 'USER 0:0'));
    // THEN
    expect(violationsOf(assess(read())).map(({ what }) => what)).toEqual([
      expect.stringMatching(/^DF-001 shop\/amd64\/Dockerfile:\d+: USER is 0:0/),
    ]);
  });

  /** An image of more than is kept in memory between judging and writing. */
  function turningBad(outdir: string): ImageApp {
    const app = new ImageApp({ outdir });
    const image = shop(app);
    image.addFile({ target: '/opt/large.txt', content: `${'x'.repeat(1023)}\n`.repeat(65 * 1024) });
    let calls = 0;
    image.patchFile('Dockerfile', (text) => (++calls === 1 ? text : `${text}USER root\n`));
    return app;
  }

  test('a change of a text that would turn bad if it were made again', () => {
    const outdir = temporaryDirectory();
    turningBad(outdir).synth();
    expect(readFileSync(join(outdir, 'shop/amd64/Dockerfile'), 'utf8')).not.toContain('USER root');
  });

  test('a change of a text that turns bad when it is made again, as there is no room to keep what was judged', () => {
    // GIVEN
    const app = turningBad(temporaryDirectory());
    const noRoom = jest.spyOn(os, 'tmpdir').mockReturnValue(join(temporaryDirectory(), 'missing'));
    // WHEN
    const error = errorOf(() => app.synth());
    noRoom.mockRestore();
    // THEN
    expect(error.type).toBe('SECURITY_ERROR');
    expect(error.message).toContain('shop/amd64/Dockerfile was rendered otherwise than it was judged');
  });
});
