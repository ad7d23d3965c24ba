import { ImageApp, ImageConstruct } from '../../../src';
import { assemble } from '../../../src/synth';
import { pack, readPrebuilt, unpack, type Prebuilt } from '../../../src/synth/prebuilt';

describe('what is rendered when the package is made', () => {
  it.each(['alpine', 'debian', 'ubuntu'])('is kept on %s byte by byte', (platform) => {
    // GIVEN
    const app = new ImageApp();
    new ImageConstruct(app, 'shop', { php: '8.4', platform });
    const { manifest, files } = assemble(app);
    const rendered = [...files()];
    // WHEN
    const kept = JSON.parse(JSON.stringify(pack(manifest, rendered))) as Prebuilt;
    // THEN
    expect([...unpack(kept).files()]).toEqual(rendered);
    expect(JSON.stringify(unpack(kept).manifest)).toBe(JSON.stringify(manifest));
    expect(kept.contents.length).toBeLessThan(rendered.length);
  });

  it.each(['nginx-php-fpm-9.9-debian', '../../package', 'a/b', ''])('is not there for %j', (name) => {
    expect(readPrebuilt(name)).toBeUndefined();
  });
});
