/** Synthesizes a few images into the directory argv[2] and says how it went. Run by tests as a process of its own. */
import { existsSync, writeSync } from 'node:fs';
import { DockerfileGeneratorError, ImageApp, ImageConstruct } from '../../../src';

const [, , outdir, count = '1', mask, startFile] = process.argv;
if (mask !== undefined && mask !== '-') {
  process.umask(Number.parseInt(mask, 8));
}
const app = new ImageApp({ outdir });
for (let index = 0; index < Number(count); index++) {
  const platform = ['debian', 'alpine', 'ubuntu'][index % 3]!;
  new ImageConstruct(app, `shop-${index}`, { php: '8.4', platform });
}
writeSync(1, 'ready\n');
for (let waited = 0; startFile !== undefined && !existsSync(startFile) && waited < 10_000; waited += 2) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
}
try {
  const { written, unchanged } = app.synth();
  writeSync(1, `${JSON.stringify({ written: written.length, unchanged, slow: slowModules(), own: ownModules() })}\n`);
} catch (error) {
  writeSync(2, `${error instanceof DockerfileGeneratorError ? error.message : (error as Error).stack}\n`);
  process.exitCode = error instanceof DockerfileGeneratorError ? error.exitStatus : 70;
}

/** Modules that cost time to load, of those that are loaded. */
function slowModules(): string[] {
  const slow = /[\\/]node_modules[\\/](projen|execa|prettier|commander|pino)[\\/]/;
  return Object.keys(require.cache).filter((path) => slow.test(path));
}

/** Number of this package's own modules that are loaded: none would mean that the cache above is not the right one. */
function ownModules(): number {
  return Object.keys(require.cache).filter((path) => /[\\/]src[\\/]\w+[\\/]/.test(path)).length;
}
