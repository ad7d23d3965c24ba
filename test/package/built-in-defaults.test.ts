import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { commandOf, installTarball } from './support/pack';

/** Every image of the built-in defaults, by a module of a person who writes ES modules. */
const IMAGES = `
import { Catalog, ImageConstruct } from 'projen-nginx-php';

export default function images(app) {
  const catalog = Catalog.shipped();
  for (const platform of catalog.platforms) {
    for (const php of Object.keys(catalog.platform(platform).defaultRelease)) {
      new ImageConstruct(app, \`nginx-php-fpm-\${php}-\${platform}\`, { php, platform });
    }
  }
}
`;

interface Manifest {
  readonly images: Readonly<Record<string, { readonly php: { version: string }; readonly platform: { name: string } }>>;
  readonly files: Readonly<Record<string, unknown>>;
}

describe('the built-in defaults of the packed tarball', () => {
  let folder: string;
  let prebuilt: string;
  let names: readonly string[];
  const run = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync(commandOf(installTarball()), args, { cwd: folder, encoding: 'utf8' });
    expect([args, status, stderr]).toEqual([args, 0, expect.not.stringContaining('ERROR')]);
    return stdout;
  };
  const manifestOf = (output: string): Manifest =>
    JSON.parse(readFileSync(join(folder, output, 'manifest.json'), 'utf8')) as Manifest;

  beforeAll(() => {
    // GIVEN a synthesis by the installed package, in a folder below it
    const installed = installTarball();
    prebuilt = join(installed, 'node_modules/projen-nginx-php/lib/synth/prebuilt');
    folder = mkdtempSync(join(installed, 'defaults-'));
    writeFileSync(join(folder, 'images.mjs'), IMAGES);
    run('synth', '--app', 'images.mjs', '--output', 'fresh');
    names = Object.keys(manifestOf('fresh').images);
  }, 600_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are rendered in it, all of them', () => {
    expect(names.length).toBeGreaterThanOrEqual(21);
    expect(readdirSync(prebuilt).sort()).toEqual(names.map((name) => `${name}.json`).sort());
  });

  it('are written by build:dockerfile with the bytes and modes of the synthesis', () => {
    // WHEN
    const fresh = manifestOf('fresh');
    for (const { php, platform } of Object.values(fresh.images)) {
      run('build:dockerfile', '--php', php.version, '--platform', platform.name, '--output', 'quick');
    }
    // THEN a synthesis that compares every byte finds nothing but its reports to write
    const quick = manifestOf('quick');
    expect(quick.images).toEqual(fresh.images);
    const reports = Object.keys(fresh.files).filter((path) => !path.includes('/'));
    expect({ ...quick.files, ...only(fresh.files, reports) }).toEqual(fresh.files);
    const { status, stdout } = spawnSync(
      commandOf(installTarball()),
      ['synth', '--check', '--json', '--app', 'images.mjs', '--output', 'quick'],
      { cwd: folder, encoding: 'utf8' },
    );
    expect([status, JSON.parse(stdout)]).toEqual([
      1,
      expect.objectContaining({ written: [...reports, 'manifest.json'], removed: [], foreign: [] }),
    ]);
  }, 120_000);

  it('are not rendered again by build:dockerfile: what lies in the package is what is written', () => {
    // GIVEN a copy of the package, in which one of them differs
    const copy = join(folder, 'node_modules/projen-nginx-php');
    cpSync(join(prebuilt, '../../..'), copy, { recursive: true });
    const file = join(copy, 'lib/synth/prebuilt/nginx-php-fpm-8.3-alpine.json');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('server_tokens off', 'server_tokens  off'));
    // WHEN
    const args = ['build:dockerfile', '--php', '8.3', '--platform', 'alpine', '--output', 'copied'];
    spawnSync(process.execPath, [join(copy, 'bin/dockerfile-generator'), ...args], { cwd: folder });
    // THEN
    const conf = readFileSync(join(folder, 'copied/nginx-php-fpm-8.3-alpine/amd64/nginx.conf'), 'utf8');
    expect(conf).toContain('server_tokens  off;');
  });

  it('are written by what is in the one file that every start reads', () => {
    // GIVEN a module that tells in the end which others were loaded
    const spy = join(folder, 'spy.cjs');
    writeFileSync(spy, "process.on('exit', () => console.error(JSON.stringify(Object.keys(require.cache))));");
    // WHEN
    const args = ['build:dockerfile', '--php', '8.3', '--platform', 'alpine', '--output', 'spied'];
    const { stderr } = spawnSync(process.execPath, ['--require', spy, commandOf(installTarball()), ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    // THEN
    const loaded = JSON.parse(stderr.trim().split('\n').at(-1)!) as string[];
    expect(loaded.map((path) => basename(path))).toEqual([
      'spy.cjs',
      'dockerfile-generator',
      'optimize-late.js',
      'compile-cache.js',
      'main.js',
      'start.js',
    ]);
  });

  it.each([
    ['a release that is not the default one', ['--php', '8.2', '--platform', 'alpine', '--release', '3.21']],
    ['one architecture', ['--php', '8.4', '--platform', 'debian', '--arch', 'arm64']],
  ])('have beside them %s', (_, args) => {
    expect(run('build:dockerfile', ...args, '--output', `beside-${args.length}${args[3]}`)).toMatch(/arm64\n$/);
  });

  it('are not taken for a platform that is misspelt: that is told', () => {
    const args = ['build:dockerfile', '--php', '8.4', '--platform', 'debain'];
    const { status, stderr } = spawnSync(commandOf(installTarball()), args, { cwd: folder, encoding: 'utf8' });
    expect([status, stderr]).toEqual([11, expect.stringContaining('do:  write "debian"')]);
  });
});

function only<T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => keys.includes(key)));
}
