import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ACME_RULES, AcmePlatform } from '../../../examples/own-platform/src';
import { ImageConstruct, Rules, Testing, type ImageApp } from '../../../src';

const EXAMPLES = join(__dirname, '../../../examples');

function synthesize(example: string) {
  const app = Testing.app();
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the name is only known at run time
  const { default: images } = require(join(EXAMPLES, example, 'images.ts')) as { default: (root: ImageApp) => void };
  images(app);
  return Testing.synth(app);
}

const NAMES = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

test('there is an example of each preset, of an application with Composer, and of a platform of one’s own', () =>
  expect(NAMES).toEqual(['composer', 'laravel', 'own-platform', 'plain-php', 'symfony', 'word-press']));

test.each(NAMES)('%s keeps every rule, for both architectures', (example) => {
  const { manifest, paths } = synthesize(example);
  const [name] = Object.keys(manifest.images);
  expect(paths).toContain(`${name}/amd64/Dockerfile`);
  expect(paths).toContain(`${name}/arm64/Dockerfile`);
});

describe('a package with a platform, rules and a service of its own', () => {
  it('is built from its own base, and has its service beside the others', () => {
    const output = synthesize('own-platform');
    const dockerfile = output.file('shop-acme/arm64/Dockerfile');
    expect(dockerfile).toContain(`FROM registry.acme.example/linux/base:1.4@sha256:${'b2'.repeat(32)} AS base`);
    expect(dockerfile).toContain('ACME_TEAM="shop"');
    expect(output.file('shop-acme/arm64/s6-overlay/service/acme-agent/run')).toContain('acme-agent.php');
    expect(output.file('shop-acme/arm64/config/php.ini')).toContain('date.timezone = Europe/Berlin');
    expect(output.manifest.images['shop-acme']!.platform).toMatchObject({ name: 'acme', release: '1' });
  });

  it('refuses an image that breaks its rule, beside the rules that ship', () => {
    const app = Testing.app();
    Rules.of(app).add(ACME_RULES);
    new ImageConstruct(app, 'shop', { platform: new AcmePlatform(), php: '8.4', architectures: ['amd64'] });
    expect(Testing.problems(app)).toEqual([
      expect.objectContaining({ where: 'shop', what: 'ACM-001 shop/amd64/Dockerfile: it sets no ACME_TEAM' }),
    ]);
  });
});
