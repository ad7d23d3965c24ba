import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Directory of this package's modules. */
const LIB = join(__dirname, '..');

/** What a synthesis runs on: its modules, bundled, and what they read. */
const PARTS = [
  '../package.json',
  'start.js',
  'tree.js',
  'schema.js',
  'core.js',
  'index.js',
  'synth/early-thread.js',
  'catalog/data',
  'image/assets',
  'report/assets',
];

/**
 * A text that changes whenever a file of this package does, by what the system knows of the files: their times of
 * change cannot be set back. Undefined where the package runs from its sources, which nobody lists here.
 */
export function packageIdentity(): string | undefined {
  if (!existsSync(join(LIB, 'core.js'))) {
    return undefined;
  }
  return (identity ??= identify());
}

/** What was loaded stays what it is while the process runs. */
let identity: string | undefined;

function identify(): string {
  const hash = createHash('sha256').update(process.version);
  PARTS.forEach((part) => hash.update(describe(join(LIB, part))));
  return hash.digest('hex');
}

function describe(path: string): string {
  const stats = lstatSync(path);
  if (stats.isDirectory()) {
    return readdirSync(path)
      .sort()
      .map((name) => describe(join(path, name)))
      .join('');
  }
  return `${path} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs} ${stats.ino}\n`;
}
