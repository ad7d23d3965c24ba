import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LAZY_EXPORTS } from '../src/project/lazy-exports';

/**
 * Tells ES modules the names of what is loaded when it is first asked for: Node reads this line, and never runs it. An
 * `import` asks for every name at once, so there projen is loaded where it is installed.
 */
const INDEX = join(__dirname, '../lib/index.js');
const LINE = `0 && (${LAZY_EXPORTS.map((name) => `exports.${name} = `).join('')}0);\n`;

if (!readFileSync(INDEX, 'utf8').includes(LINE)) {
  appendFileSync(INDEX, LINE);
}
