import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { removeTemporaryDirectories, temporaryDirectory } from './support';
import { ImageApp, ImageConstruct, type Manifest } from '../../../src';
import { synthesizePart } from '../../../src/synth/synthesize-part';

afterEach(removeTemporaryDirectories);

function tree(outdir: string, ids: readonly string[] = ['shop', 'shop-api'], memoryLimit = '128M'): ImageApp {
  const app = new ImageApp({ outdir });
  ids.forEach((id) => new ImageConstruct(app, id, { php: { version: '8.4', memoryLimit }, platform: 'debian' }));
  return app;
}

function manifest(outdir: string): Manifest {
  return JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as Manifest;
}

/** Writes the contexts of one image. */
function write(outdir: string, name: string, architecture?: string, app = tree(outdir)) {
  return synthesizePart(app, outdir, {
    wants: (image, other) => image === name && (architecture === undefined || other === architecture),
  });
}

describe('a part of a tree', () => {
  it('is written beside what is there, and the manifest tells of both', () => {
    // GIVEN
    const outdir = temporaryDirectory();
    // WHEN
    const first = write(outdir, 'shop');
    const second = write(outdir, 'shop-api');
    // THEN
    expect([first.images, second.images]).toEqual([['shop'], ['shop-api']]);
    expect(Object.keys(manifest(outdir).images)).toEqual(['shop', 'shop-api']);
    expect(second).toMatchObject({ removed: [], unchanged: first.written.length });
    expect(existsSync(join(outdir, 'shop/arm64/Dockerfile'))).toBe(true);
  });

  it('can be one architecture; the other one joins it while the image is the same', () => {
    // GIVEN
    const outdir = temporaryDirectory();
    write(outdir, 'shop', 'amd64');
    expect(existsSync(join(outdir, 'shop/arm64'))).toBe(false);
    // WHEN
    write(outdir, 'shop', 'arm64');
    // THEN
    expect(Object.keys(manifest(outdir).images.shop!.architectures)).toEqual(['amd64', 'arm64']);
    expect(existsSync(join(outdir, 'shop/amd64/Dockerfile'))).toBe(true);
  });

  it('takes away the contexts of an architecture that belong to the image as it was', () => {
    // GIVEN
    const outdir = temporaryDirectory();
    write(outdir, 'shop');
    const other = new ImageApp({ outdir });
    new ImageConstruct(other, 'shop', { php: '8.3', platform: 'debian' });
    // WHEN
    write(outdir, 'shop', 'amd64', other);
    // THEN
    expect(Object.keys(manifest(outdir).images.shop!.architectures)).toEqual(['amd64']);
    expect(existsSync(join(outdir, 'shop/arm64'))).toBe(false);
  });

  it('of all parts is what a whole synthesis writes, reports and all', () => {
    // GIVEN
    const [whole, parts] = [temporaryDirectory(), temporaryDirectory()];
    tree(whole).synth();
    tree(parts, undefined, '64M').synth();
    // WHEN
    write(parts, 'shop-api');
    write(parts, 'shop');
    // THEN
    expect(manifest(parts)).toEqual(manifest(whole));
    expect(readFileSync(join(parts, 'manifest.json'))).toEqual(readFileSync(join(whole, 'manifest.json')));
    expect(tree(parts).synth({ check: true }).drift).toBe(false);
  });

  it('leaves no report that would be silent of an image', () => {
    // GIVEN
    const outdir = temporaryDirectory();
    tree(outdir).synth();
    // WHEN
    write(outdir, 'web', undefined, tree(outdir, ['web']));
    // THEN
    expect(Object.keys(manifest(outdir).files).filter((path) => !path.includes('/'))).toEqual([]);
    expect(existsSync(join(outdir, 'shop/amd64/Dockerfile'))).toBe(true);
  });

  it('writes again what is missing, though the rest is as it was', () => {
    // GIVEN
    const outdir = temporaryDirectory();
    const app = tree(outdir);
    write(outdir, 'shop');
    rmSync(join(outdir, 'shop/README.md'));
    // WHEN
    const { written } = write(outdir, 'shop', undefined, app);
    // THEN
    expect(written).toEqual(['shop/README.md']);
  });
});
