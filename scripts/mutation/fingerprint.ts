import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Room } from './room';

/**
 * What the results of a room depend on: what it is made of, its sources, and every test beside its own, whose cases they may share. What has
 * the same need not be mutated again.
 */
export function fingerprintOf(root: string, room: Room): string {
  const { sources, tests } = room;
  const hash = createHash('sha256').update(JSON.stringify(room));
  const folders = [
    ...sources.map((files) => join('src', dirname(`${files.split('*')[0]}.`))),
    ...tests.map((place) => join('test/unit', place.split('/')[0]!)),
  ];
  for (const file of [...new Set(folders)].flatMap((folder) => filesBelow(root, folder))) {
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** TypeScript files of a folder. */
function filesBelow(root: string, place: string): string[] {
  return readdirSync(join(root, place), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${place}/${file}`)
    .sort();
}
