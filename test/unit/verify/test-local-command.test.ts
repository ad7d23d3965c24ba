import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Application, ImageApp, ImageConstruct } from '../../../src';
import { testLocalCommand, type TestLocalCommandOptions } from '../../../src/cli/test-local-command';
import { DockerEngine, type BuildOptions, type Engine } from '../../../src/verify';

let output: string;

beforeAll(() => {
  output = mkdtempSync(join(tmpdir(), 'test-local-'));
  const app = new ImageApp({ outdir: output });
  new ImageConstruct(app, 'shop-debian', { php: '8.4', platform: 'debian' });
  new ImageConstruct(app, 'shop-alpine', { php: '8.3', platform: 'alpine' });
  app.synth();
});

afterAll(() => rmSync(output, { recursive: true }));

afterEach(() => jest.restoreAllMocks());

function run(options: Partial<TestLocalCommandOptions>): Promise<number> {
  return testLocalCommand({ output, arch: 'amd64', ...options });
}

test.each([
  ['a name that is not there', { names: ['shop-debain'] }, 11, 'there is no image shop-debain for amd64'],
  ['nothing that fits', { php: '7.4' }, 11, 'choose of: shop-alpine, shop-debian'],
  ['an architecture that is not there', { arch: 's390x' }, 11, 'no image is selected'],
  [
    'one reference for two images',
    { image: 'shop:amd64' },
    11,
    'name the image of the manifest that it was built from',
  ],
  ['no output', { output: '/nowhere' }, 10, 'dockerfile-generator synth'],
  ['no docker', { engine: new DockerEngine('/nowhere/docker') }, 15, 'install Docker Engine'],
] as const)('%s is an error that says what to do', async (_, options, exitStatus, text) => {
  await expect(run(options)).rejects.toMatchObject({ exitStatus, message: expect.stringContaining(text) });
});

test('an image that cannot be built is a failed check, the next one is looked at, and the results are written', async () => {
  // GIVEN
  const built: BuildOptions[] = [];
  const engine: Partial<Engine> = {
    assertBuilds: async () => {},
    build: async (options) => {
      built.push(options);
      throw new Error('no route to the archive');
    },
  };
  const printed = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const junit = join(output, 'reports', 'junit.xml');
  const json = join(output, 'reports', 'verify.json');
  // WHEN
  const status = await run({
    engine: engine as Engine,
    buildContext: ['base=docker-image://mirror/debian', 's6=docker-image://mirror/s6'],
    network: 'host',
    junit,
    json,
  });
  // THEN
  expect(status).toBe(1);
  expect(built).toEqual([
    expect.objectContaining({ context: join(output, 'shop-alpine/amd64'), platform: 'linux/amd64' }),
    {
      context: join(output, 'shop-debian/amd64'),
      tag: 'projen-nginx-php-verify/shop-debian:amd64',
      platform: 'linux/amd64',
      buildContexts: ['base=docker-image://mirror/debian', 's6=docker-image://mirror/s6'],
      network: 'host',
    },
  ]);
  expect(printed.mock.calls.join('')).toContain('FAILED build/context');
  expect(readFileSync(junit, 'utf8')).toContain('no route to the archive');
  expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({ passed: false, images: [{}, {}] });
});

test('an image with an application is built of a copy of its files, with the credentials of Composer as a secret', async () => {
  // GIVEN
  const place = mkdtempSync(join(tmpdir(), 'test-local-application-'));
  const files = { 'composer.json': '{}', 'composer.lock': '{}', 'public/index.php': 'one', 'public/.env': 'A=1' };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), text);
  }
  const app = new ImageApp({ outdir: join(place, 'output') });
  const web = new ImageConstruct(app, 'web', { php: '8.4', platform: 'debian', architectures: ['amd64'] });
  new Application(web, 'application', { paths: ['public'], directory: place });
  app.synth();
  let seen: object = {};
  const engine: Partial<Engine> = {
    assertBuilds: async () => {},
    build: async ({ buildContexts, secrets }) => {
      const [, directory = ''] = buildContexts.at(-1)!.split('=');
      seen = { given: readdirSync(directory), inPublic: readdirSync(join(directory, 'public')), secrets };
      throw new Error('that is enough');
    },
  };
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  process.env.COMPOSER_AUTH = '{}';
  // WHEN
  await run({ output: join(place, 'output'), engine: engine as Engine });
  delete process.env.COMPOSER_AUTH;
  rmSync(place, { recursive: true });
  // THEN
  expect(seen).toEqual({
    given: ['composer.json', 'composer.lock', 'public'],
    inPublic: ['index.php'],
    secrets: ['id=composer-auth,env=COMPOSER_AUTH'],
  });
});
