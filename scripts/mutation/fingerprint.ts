import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Room } from './room';

/** What the results of a room depend on: its sources and its tests. What has the same need not be mutated again. */
export function fingerprintOf(root: string, { sources, tests }: Room): string {
  const hash = createHash('sha256');
  const folders = [
    ...sources.map((files) => join('src', files.split('/*')[0]!)),
    ...tests.map((place) => join('test/unit', place)),
  ];
  for (const file of folders.flatMap((folder) => filesBelow(root, folder))) {
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** TypeScript files of a folder, or the test of that name. */
function filesBelow(root: string, place: string): string[] {
  const parts = place.split('/');
  const parent = parts.slice(0, -1).join('/');
  const isTest = readdirSync(join(root, parent)).includes(`${parts.at(-1)}.test.ts`);
  return isTest
    ? [`${place}.test.ts`]
    : readdirSync(join(root, place), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => `${place}/${file}`)
        .sort();
}
