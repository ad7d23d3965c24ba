import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Types of projen are looked for where projen is. Whoever has it not uses no project type, and his compiler is told to pass
 * over the imports, also without `skipLibCheck`.
 */

const ROOM = join(__dirname, '../lib/project');
const IMPORT = /^(?:\/\/ @ts-ignore[^\n]*\n)?(import [^\n]* from 'projen';)$/gm;

for (const name of readdirSync(ROOM, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.d.ts'))) {
  const path = join(ROOM, name);
  const text = readFileSync(path, 'utf8');
  const own = text.replace(IMPORT, '// @ts-ignore projen is an optional peer\n$1');
  if (own !== text) {
    writeFileSync(path, own);
  }
}
