import { shopFiles } from './support';
import type { SeccompProfile, SeccompRule } from '../../../src/deploy';

function profile(extensions?: readonly string[]): SeccompProfile {
  const files = shopFiles(extensions ? { php: { version: '8.4', extensions: [...extensions] } } : {});
  return JSON.parse(files.text('seccomp.json')) as SeccompProfile;
}

function rulesFor(name: string, { syscalls }: SeccompProfile = profile()): readonly SeccompRule[] {
  return syscalls.filter(({ names }) => names.includes(name));
}

describe('seccomp.json', () => {
  it('refuses what it does not name, on both architectures, and every 32-bit call', () => {
    expect(profile()).toMatchObject({
      defaultAction: 'SCMP_ACT_ERRNO',
      defaultErrnoRet: 1,
      archMap: [
        { architecture: 'SCMP_ARCH_X86_64', subArchitectures: [] },
        { architecture: 'SCMP_ARCH_AARCH64', subArchitectures: [] },
      ],
    });
  });

  it.each(
    'mount umount2 unshare setns ptrace process_vm_readv process_vm_writev keyctl add_key request_key bpf io_uring_setup io_setup userfaultfd perf_event_open init_module kexec_load open_by_handle_at name_to_handle_at personality clock_settime settimeofday chroot pivot_root msgget semget shmget mq_open inotify_init1 setxattr pkey_alloc sched_setscheduler setfsuid vmsplice tee syslog reboot swapon acct socketcall'.split(
      ' ',
    ),
  )('does not name %s', (name) => {
    expect(rulesFor(name)).toEqual([]);
  });

  it('says of clone3 that there is none, and lets clone make no namespace', () => {
    expect(rulesFor('clone3')).toMatchObject([{ action: 'SCMP_ACT_ERRNO', errnoRet: 38 }]);
    expect(rulesFor('clone')).toMatchObject([
      { args: [{ index: 0, value: 0x7e020000, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }] },
    ]);
  });

  it('makes sockets of four families alone', () => {
    const families = rulesFor('socket').map(({ args }) => args?.map(({ value, op }) => [value, op]));
    expect(families).toEqual([1, 2, 10, 16].map((family) => [[family, 'SCMP_CMP_EQ']]));
  });

  it('makes FIFOs, which s6 needs, and no devices', () => {
    expect(rulesFor('mknod')).toMatchObject([{ args: [{ index: 1, value: 0o170000, valueTwo: 0o010000 }] }]);
    expect(rulesFor('mknodat')).toMatchObject([{ args: [{ index: 2, value: 0o170000, valueTwo: 0o010000 }] }]);
  });

  it('names no call twice without a condition, and gives a reason for each', () => {
    const { syscalls } = profile();
    const free = syscalls.filter(({ args }) => args === undefined).flatMap(({ names }) => names);
    expect(new Set(free).size).toBe(free.length);
    expect(syscalls.filter(({ comment }) => comment.trim() === '')).toEqual([]);
  });

  it.each([
    ['sysvmsg', 'msgget'],
    ['sysvsem', 'semget'],
    ['sysvshm', 'shmget'],
    ['shmop', 'shmget'],
  ])('with the extension %s names %s', (extension, name) => {
    expect(rulesFor(name, profile([extension]))).toHaveLength(1);
  });

  it('asks nothing of capabilities or architectures, which not every engine would', () => {
    expect(shopFiles().text('seccomp.json')).not.toMatch(/includes|excludes|CAP_/);
  });
});
