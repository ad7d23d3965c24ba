import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');

test('docs/api.md is what the docstrings say: npx projen api', () => {
  const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs');
  const printed = execFileSync(process.execPath, [tsx, 'scripts/api.ts', '--print'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 8 << 20,
  });
  expect(readFileSync(join(ROOT, 'docs/api.md'), 'utf8')).toBe(printed);
}, 120_000);
