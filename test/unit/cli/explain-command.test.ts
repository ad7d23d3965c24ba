import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { HARDENING_PACKS } from '../../../src';
import { PLAN_RULES } from '../../../src/publish/rules/check-plan';
import { endOf, removeTemporaryDirectories, temporaryDirectory, type ChildResult } from '../synth/support';

const ROOT = join(__dirname, '../../..');

const IDS = [...HARDENING_PACKS, { rules: PLAN_RULES }].flatMap(({ rules }) => rules.map(({ id }) => id));

afterEach(removeTemporaryDirectories);

/** Runs `explain` in an empty folder: it needs no project. */
function explain(...args: string[]): Promise<ChildResult> {
  const command = [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), join(ROOT, 'src/cli/main.ts'), 'explain', ...args];
  return endOf(spawn(process.execPath, command, { cwd: temporaryDirectory(), stdio: ['ignore', 'pipe', 'pipe'] }));
}

test('a rule is explained with all that a person needs, by its id in any case', async () => {
  const { status, stdout, stderr } = await explain('ngx-002');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^NGX-002 nginx and PHP do not tell their versions\n\nwhy: +\S/);
  for (const label of ['do:', 'kept:', 'kind:', 'level:', 'severity:', 'pack:', 'sources:']) {
    expect(stdout).toMatch(new RegExp(`^${label} +\\S`, 'm'));
  }
});

test('without an id every rule is listed, a line each', async () => {
  const { status, stdout } = await explain();
  expect(status).toBe(0);
  const [head, ...lines] = stdout.trimEnd().split('\n');
  expect(head).toMatch(/^RULE +SEVERITY +STATEMENT$/);
  expect(lines.map((line) => line.split(' ')[0])).toEqual(IDS);
});

test('rules are told to a program as JSON', async () => {
  const [all, two] = await Promise.all([explain('--json'), explain('DF-001', 'RT-002', '--json')]);
  const ids = (stdout: string): string[] => (JSON.parse(stdout) as Array<{ id: string }>).map(({ id }) => id);
  expect(ids(all.stdout)).toEqual(IDS);
  expect(ids(two.stdout)).toEqual(['DF-001', 'RT-002']);
  expect(JSON.parse(two.stdout)).toMatchObject([{ pack: 'dockerfile', level: 'error', kind: 'invariant' }, {}]);
});

test.each([
  ['NGX-02', 'do:  write NGX-002; all rules: dockerfile-generator explain'],
  ['frobnicate', 'do:  see all rules: dockerfile-generator explain'],
])('a rule that is not there is refused, and the nearest named: %s', async (id, next) => {
  const { status, stdout, stderr } = await explain(id);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`there is no rule "${id}"`);
  expect(stderr).toContain(next);
});
