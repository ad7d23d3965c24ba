import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const REPOSITORY = join(__dirname, '../../..');

describe('the table of rules that were switched off', () => {
  // The switches are made while the rules are loaded, so a process of its own is needed.
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'scripts/rule-mutations.ts', '--print'],
    { cwd: REPOSITORY, encoding: 'utf8', timeout: 120_000, maxBuffer: 16 * 1024 * 1024 },
  );

  it('has a case for every rule that tells when it is switched off', () => {
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('has no case that its own rule lets pass', () => {
    expect(stdout).not.toContain('ACCEPTED');
  });

  it('is as docs/rule-mutations.md has it (npx projen rules:mutations)', () => {
    expect(stdout).toBe(readFileSync(join(REPOSITORY, 'docs/rule-mutations.md'), 'utf8'));
  });
});
