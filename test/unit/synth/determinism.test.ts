import { join } from 'node:path';
import { endOf, listing, removeTemporaryDirectories, startChild, temporaryDirectory } from './support';
import { ImageApp, ImageConstruct, Testing, type ImageProps } from '../../../src';
import { OwnPart } from '../image/support';

afterEach(removeTemporaryDirectories);

/** Bytes and modes of every file; what the directories are called does not matter. */
function seen(outdir: string) {
  const files = Object.entries(listing(outdir)).filter(([, { kind }]) => kind === 'file');
  return files.map(([path, { content, mode }]) => ({ path, content, mode }));
}

test('locale, time zone, umask and directory change no byte and no mode', async () => {
  // GIVEN
  const here = join(temporaryDirectory(), 'one');
  const there = join(temporaryDirectory(), 'another/directory');
  // WHEN
  const results = await Promise.all([
    endOf(startChild('synth-child.ts', [here, '3', '077'], { LC_ALL: 'cs_CZ.UTF-8', TZ: 'Asia/Tokyo' })),
    endOf(startChild('synth-child.ts', [there, '3', '022'], { LC_ALL: 'C', TZ: 'America/St_Johns' })),
  ]);
  // THEN
  expect(results.map(({ status, stderr }) => [status, stderr])).toEqual([
    [0, ''],
    [0, ''],
  ]);
  expect(seen(here).length).toBeGreaterThan(100);
  expect(seen(here)).toEqual(seen(there));
});

/** The same object with its keys in the opposite order. */
function backwards<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).reverse()) as T;
}

test('the order in which things are told makes no difference where it has no meaning', () => {
  // GIVEN
  const extensions = ['redis', 'apcu', 'intl', 'pdo_pgsql'];
  const headers = { 'X-Zebra': '1', 'X-Antelope': '2', 'Referrer-Policy': 'same-origin' };
  const ini = { 'session.name': 'shop', 'assert.callback': 'none', 'zlib.output_compression': false };
  const volumes = ['/zebra', '/antelope'];
  const environment = ['ZEBRA', 'ANTELOPE', 'LION'];
  const synth = (props: ImageProps, names: readonly string[]) => {
    const app = Testing.app();
    const image = new ImageConstruct(app, 'shop', props);
    new OwnPart(image, 'own', (part) => {
      names.forEach((name) => part.addEnvironment(name, name.toLowerCase()));
      names.forEach((name) => part.addPackage(name.toLowerCase()));
    });
    const { paths, file, manifest } = Testing.synth(app);
    return { manifest, files: paths.map((path) => [path, file(path)]) };
  };
  // WHEN
  const one = synth(
    { platform: 'debian', php: { version: '8.4', extensions, ini }, nginx: { headers }, volumes },
    environment,
  );
  const other = synth(
    {
      volumes: [...volumes].reverse(),
      nginx: { headers: backwards(headers) },
      php: { ini: backwards(ini), extensions: [...extensions].reverse(), version: '8.4' },
      platform: 'debian',
    },
    [...environment].reverse(),
  );
  // THEN
  expect(other).toEqual(one);
});

test('the order of the images makes no difference', () => {
  const synth = (ids: readonly string[]) => {
    const app = new ImageApp();
    ids.forEach((id) => new ImageConstruct(app, id, { php: '8.4', platform: 'alpine', architectures: ['amd64'] }));
    return JSON.stringify(Testing.synth(app).manifest);
  };
  expect(synth(['zebra', 'antelope', 'Lion'.toLowerCase()])).toBe(synth(['lion', 'zebra', 'antelope']));
});

test('asking for the architectures in another order makes no difference', () => {
  const synth = (architectures: ImageProps['architectures']) => {
    const app = new ImageApp();
    new ImageConstruct(app, 'shop', { php: '8.4', platform: 'alpine', architectures });
    return JSON.stringify(Testing.synth(app).manifest);
  };
  expect(synth(['arm64', 'amd64'])).toBe(synth(['amd64', 'arm64']));
});

test('every file ends its lines with LF alone', () => {
  const app = new ImageApp();
  new ImageConstruct(app, 'shop', { php: '8.4', platform: 'alpine' });
  const { paths, file } = Testing.synth(app);
  paths.forEach((path) => expect([path, file(path).includes('\r')]).toEqual([path, false]));
});
