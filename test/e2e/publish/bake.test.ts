import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImageApp, ImageConstruct } from '../../../src';
import { docker } from '../engine';
import { describePublish } from './describe-publish';

interface Bake {
  readonly group: Readonly<Record<string, { readonly targets: readonly string[] }>>;
  readonly target: Readonly<Record<string, { readonly context: string; readonly platforms: readonly string[] }>>;
}

describePublish('docker-bake.json', [], () => {
  it('is accepted by docker buildx bake, for one image and for all', () => {
    // GIVEN
    const output = mkdtempSync(join(tmpdir(), 'bake-'));
    const app = new ImageApp({ outdir: output });
    new ImageConstruct(app, 'shop.one', { php: '8.4', platform: 'debian' });
    new ImageConstruct(app, 'shop_one', { php: '8.3', platform: 'alpine', architectures: ['arm64'] });
    app.synth();
    // WHEN
    const print = (...targets: string[]): Bake =>
      JSON.parse(docker('buildx', 'bake', '--print', '--file', join(output, 'docker-bake.json'), ...targets)) as Bake;
    // THEN
    expect(Object.keys(print().target).sort()).toEqual(['shop__one_arm64', 'shop_one_amd64', 'shop_one_arm64']);
    expect(print('shop__one').target).toMatchObject({
      shop__one_arm64: { context: 'shop_one/arm64', platforms: ['linux/arm64'] },
    });
    rmSync(output, { recursive: true });
  });
});
