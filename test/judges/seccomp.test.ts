import { spawnSync } from 'node:child_process';
import { deployments } from './support/deployments';
import { describeWithJudge } from './support/judge';

const RESOLVER = 'scmp_sys_resolver';

/** Number of a system call, as libseccomp knows it; -1 for one that it does not know. */
function number(architecture: string, name: string): number {
  const { stdout } = spawnSync(RESOLVER, ['-a', architecture, name], { encoding: 'utf8' });
  return Number(stdout.trim());
}

/** What is looked at of a profile. */
interface Profile {
  readonly syscalls: ReadonlyArray<{ readonly names: readonly string[] }>;
}

const names = [
  ...new Set(
    deployments().flatMap(([, files]) =>
      (JSON.parse(files.get('seccomp.json')!) as Profile).syscalls.flatMap((rule) => rule.names),
    ),
  ),
].sort();

const reason =
  spawnSync(RESOLVER, ['-a', 'x86_64', 'read']).status === 0
    ? undefined
    : `${RESOLVER} is not installed: run .ci/testbed`;

describeWithJudge('libseccomp', reason, () => {
  it('knows every call of every profile', () => {
    expect(names.length).toBeGreaterThan(200);
    expect(names.filter((name) => number('x86_64', name) === -1)).toEqual([]);
  });

  it('has each of them on one of the two architectures', () => {
    // A negative number stands for a call that the architecture does not have.
    const dead = names.filter((name) => number('x86_64', name) < 0 && number('aarch64', name) < 0);
    expect(dead).toEqual([]);
  });

  it('does not know a call that there is not', () => {
    expect(number('x86_64', 'become_root')).toBe(-1);
  });
});
