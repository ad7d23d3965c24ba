import { execSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { TASK_ENVIRONMENT } from '../../../src/project/task-environment';

test('PATH of a task has the programs of its folder and of those above it first, as npx finds them', () => {
  // GIVEN
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'task-')));
  const folder = join(root, 'packages/shop');
  mkdirSync(folder, { recursive: true });
  // WHEN as projen evaluates it
  const [, command] = /^\$\(([^]*)\)$/.exec(TASK_ENVIRONMENT.PATH!)!;
  const found = execSync(command!, { cwd: folder, encoding: 'utf8' }).trim().split(delimiter);
  rmSync(root, { recursive: true });
  // THEN
  const own = ['packages/shop', 'packages', ''].map((path) => join(root, path, 'node_modules/.bin'));
  expect(found.slice(0, 3)).toEqual(own);
  expect(found.slice(-process.env.PATH!.split(delimiter).length)).toEqual(process.env.PATH!.split(delimiter));
});
