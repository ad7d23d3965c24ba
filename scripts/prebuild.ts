import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Catalog, ImageApp, ImageConstruct } from '../src';
import { assemble } from '../src/synth';
import { pack } from '../src/synth/prebuilt';

/** Renders, and judges, every image of the built-in defaults into lib/synth/prebuilt: what `build:dockerfile` writes. */
const directory = join(__dirname, '../lib/synth/prebuilt');
const catalog = Catalog.shipped();

rmSync(directory, { recursive: true, force: true });
mkdirSync(directory, { recursive: true });
for (const platform of catalog.platforms) {
  for (const php of Object.keys(catalog.platform(platform)!.defaultRelease)) {
    const name = `nginx-php-fpm-${php}-${platform}`;
    const app = new ImageApp();
    new ImageConstruct(app, name, { php, platform });
    const { manifest, files } = assemble(app);
    const own = Object.entries(manifest.files).filter(([path]) => path.startsWith(`${name}/`));
    const contexts = [...files()].filter(({ path }) => path.startsWith(`${name}/`));
    const packed = pack({ ...manifest, files: Object.fromEntries(own) }, contexts);
    writeFileSync(join(directory, `${name}.json`), JSON.stringify(packed));
  }
}
