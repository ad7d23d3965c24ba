import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Text of a part of the page in `assets`. */
export function readAsset(name: 'page.css' | 'page.js'): string {
  return readFileSync(join(__dirname, 'assets', name), 'utf8');
}
