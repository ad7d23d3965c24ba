import { join } from 'node:path';
import { build } from 'esbuild';
import { ownPlaces } from '../../../../scripts/own-places';

const ROOT = join(__dirname, '../../../..');

/** Makes the program that is killed one file, which starts in a tenth of the time; gives its path. */
export async function buildVictim(directory: string): Promise<string> {
  const outfile = join(directory, 'victim.js');
  await build({
    entryPoints: [join(__dirname, 'child.ts')],
    outfile,
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['esbuild', 'projen'],
    plugins: [ownPlaces(ROOT)],
  });
  return outfile;
}
