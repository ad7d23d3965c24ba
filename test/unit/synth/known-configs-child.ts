/** Makes a few images with the memory in the directory argv[2], and says whether zod was loaded for them. */
import { writeSync } from 'node:fs';
import { rememberConfigs } from '../../../src/config';
import { ImageConstruct } from '../../../src/image';
import { ConfigCache } from '../../../src/synth/config-cache';
import { ImageApp } from '../../../src/synth/image-app';

const known = ConfigCache.open(process.argv[2]!, 'images.ts', 'this package, as it is')!;
rememberConfigs(known);
const app = new ImageApp();
for (const platform of ['alpine', 'debian', 'ubuntu']) {
  new ImageConstruct(app, platform, { php: '8.4', platform });
}
known.keep();
const isLoaded = Object.keys(require.cache).some((path) => /[\\/]node_modules[\\/]zod[\\/]/.test(path));
writeSync(1, `zod is ${isLoaded ? '' : 'not '}loaded\n`);
