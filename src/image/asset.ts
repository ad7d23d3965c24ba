import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const contents = new Map<string, string>();

/** Text of a file in `assets`: programs of the image that are the same in every one. Read once. */
export function readAsset(name: string): string {
  const known = contents.get(name);
  if (known !== undefined) {
    return known;
  }
  const content = readFileSync(join(__dirname, 'assets', name), 'utf8');
  contents.set(name, content);
  return content;
}
