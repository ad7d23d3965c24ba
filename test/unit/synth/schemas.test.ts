import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { collectInputs, ImageApp, ImageConstruct } from '../../../src';
import { SCHEMAS } from '../../../src/synth/schemas';

const REPOSITORY = join(__dirname, '../../..');

/** JSON of a file of the repository. */
function read(path: string): unknown {
  return JSON.parse(readFileSync(join(REPOSITORY, path), 'utf8'));
}

function validator(name: string): (data: unknown) => string {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  const validate = ajv.compile(read(`schema/${name}`) as object);
  return (data) => (validate(data) ? '' : ajv.errorsText(validate.errors));
}

describe('the published JSON Schemas', () => {
  it.each(Object.keys(SCHEMAS))('%s is as the code has it (npx projen schema)', (name) => {
    expect(read(`schema/${name}`)).toEqual(SCHEMAS[name]!());
  });

  it('accept the committed manifest, judged by another validator', () => {
    expect(validator('manifest.schema.json')(read('output/manifest.json'))).toBe('');
  });

  it('refuse a manifest with a file without its checksum', () => {
    const manifest = read('output/manifest.json') as { files: Record<string, object> };
    manifest.files.x = {};
    expect(validator('manifest.schema.json')(manifest)).toContain('sha256');
  });

  it('accept the lock of a tree', () => {
    const app = new ImageApp();
    new ImageConstruct(app, 'shop', { php: '8.4', platform: 'alpine' });
    expect(validator('lock.schema.json')(collectInputs(app))).toBe('');
  });
});
