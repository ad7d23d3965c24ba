import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImageApp, ImageConstruct } from '../../../src';
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
