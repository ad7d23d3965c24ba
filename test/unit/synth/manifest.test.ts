import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { manifestSchema, synthesize, Testing, type Manifest } from '../../../src';
import { SCHEMAS } from '../../../src/synth/schemas';
import { shopApp, synthShop } from '../image/support';

test('the manifest agrees with its published schema, as an independent validator reads it', () => {
  const schema = SCHEMAS['manifest.schema.json']!();
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  for (const platform of ['alpine', 'debian', 'ubuntu']) {
    validate(JSON.parse(JSON.stringify(synthShop({ platform }).manifest)));
    expect(validate.errors).toBeNull();
  }
});

test('the manifest lists every file with the sha256 of its bytes', () => {
  const { manifest, paths, file } = synthShop();
  expect(Object.keys(manifest.files)).toEqual(paths);
  for (const path of paths) {
    expect(manifest.files[path]?.sha256).toBe(createHash('sha256').update(file(path)).digest('hex'));
  }
});

test('the manifest tells of an image what a publisher has to know', () => {
  const { app } = shopApp({ nginx: { tls: { certificate: '/tls/crt', key: '/tls/key', port: 8443 } } });
  expect(Testing.synth(app).manifest.images.shop).toMatchObject({
    path: 'shop',
    php: { version: '8.4' },
    platform: { name: 'debian', release: 'trixie' },
    supervisor: 'distribution',
    user: '10001:10001',
    ports: [8080, 8443],
    packageSource: 'live',
    architectures: { amd64: { context: 'shop/amd64', platform: 'linux/amd64', base: { kind: 'manifest' } } },
  });
});

test('no date of today stands in it: a synthesis has no clock', () => {
  const today = new Date().toISOString().slice(0, 10);
  expect(JSON.stringify(synthShop().manifest)).not.toContain(today);
});

test.each(['../etc/passwd', '/etc/passwd', 'a/../../b', 'a//b', './a', '..', ''])(
  'a manifest that lists %j is refused',
  (path) => {
    const { manifest } = synthShop();
    const hostile: Manifest = { ...manifest, files: { [path]: { sha256: 'a'.repeat(64) } } };
    expect(manifestSchema.safeParse(manifest).success).toBe(true);
    expect(manifestSchema.safeParse(hostile).success).toBe(false);
  },
);

test('the manifest of another version of this package is read for the files that it lists', () => {
  // GIVEN a manifest with less and with more than this version writes
  const directory = mkdtempSync(join(tmpdir(), 'manifest-'));
  try {
    const { app } = shopApp();
    synthesize(app, directory);
    const path = join(directory, 'manifest.json');
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
    writeFileSync(path, JSON.stringify({ version: 1, files: manifest.files, novelty: true }));
    // WHEN
    const report = synthesize(app, directory);
    // THEN
    expect(report.written).toEqual([]);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(manifest);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
