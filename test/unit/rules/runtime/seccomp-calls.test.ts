import { wrongProfile } from '../../../../src/rules/runtime/seccomp-calls';

type Fields = Readonly<Record<string, unknown>>;

const ALLOW = 'SCMP_ACT_ALLOW';
const ERRNO = 'SCMP_ACT_ERRNO';

const FREE = 'accept4 close connect epoll_ctl execve exit_group futex kill mmap openat read setuid wait4 write';
/** Flags of clone that make namespaces. */
const NAMESPACES = 0x7e02_0000;

const STARTING = { names: FREE.split(' '), action: ALLOW };
const CLONE = {
  names: ['clone'],
  action: ALLOW,
  args: [{ index: 0, value: NAMESPACES, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }],
};
const SOCKET = { names: ['socket'], action: ALLOW, args: [{ index: 0, value: 2, op: 'SCMP_CMP_EQ' }] };
const CLONE3 = { names: ['clone3'], action: ERRNO, errnoRet: 38 };
const SYSCALLS: readonly unknown[] = [STARTING, CLONE, SOCKET, CLONE3];

/** What is wrong with a profile in which these stand in the place of what passes. */
function wrongWith(fields: Fields): string[] {
  const archMap = [
    { architecture: 'SCMP_ARCH_X86_64', subArchitectures: [] },
    { architecture: 'SCMP_ARCH_AARCH64', subArchitectures: [] },
  ];
  return wrongProfile({ defaultAction: ERRNO, archMap, syscalls: SYSCALLS, ...fields }, []);
}

function wrongBeside(...rules: readonly unknown[]): string[] {
  return wrongWith({ syscalls: [...SYSCALLS, ...rules] });
}

describe('a profile of seccomp', () => {
  it('passes with what a server starts by', () => {
    expect(wrongWith({})).toEqual([]);
  });

  it('may list its architectures', () => {
    expect(wrongWith({ archMap: undefined, architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_AARCH64'] })).toEqual([]);
  });

  it.each<[string, Fields, string]>([
    [
      'for one architecture alone',
      { archMap: [{ architecture: 'SCMP_ARCH_X86_64' }] },
      'SCMP_ARCH_AARCH64 is not among its architectures',
    ],
    [
      'for 32-bit calls, of a list',
      { architectures: ['SCMP_ARCH_X32'] },
      'SCMP_ARCH_X32 is among its architectures, by whose calls conditions are passed',
    ],
    [
      'for 32-bit calls, of a map',
      {
        archMap: [
          { architecture: 'SCMP_ARCH_X86_64' },
          { architecture: 'SCMP_ARCH_AARCH64', subArchitectures: ['SCMP_ARCH_ARM'] },
        ],
      },
      'SCMP_ARCH_ARM is among its architectures, by whose calls conditions are passed',
    ],
  ])('%s is refused', (_, fields, says) => {
    expect(wrongWith(fields)).toEqual([says]);
  });

  it.each(['SCMP_ACT_LOG', 'SCMP_ACT_NOTIFY', 'SCMP_ACT_TRACE'])('that lets calls pass by %s is refused', (action) => {
    expect(wrongBeside({ names: ['read'], action })).toEqual([`an action is "${action}"`]);
  });

  it.each(['SCMP_ACT_KILL', 'SCMP_ACT_KILL_PROCESS', 'SCMP_ACT_KILL_THREAD', ERRNO])(
    'may name what it refuses by %s',
    (action) => {
      expect(wrongBeside({ names: ['ptrace', 'msgget'], action })).toEqual([]);
    },
  );

  it('that refuses what a server starts by is refused', () => {
    const starting = { ...STARTING, names: STARTING.names.filter((name) => name !== 'execve') };
    expect(wrongWith({ syscalls: [starting, CLONE, SOCKET, CLONE3] })).toEqual([
      'execve is refused, without which nothing starts',
    ]);
  });

  it('that names a call by the older key is seen through', () => {
    expect(wrongBeside({ name: 'ptrace', action: ALLOW })).toEqual(['ptrace is allowed, which is dangerous']);
  });
});

describe('an extension', () => {
  const SEMAPHORES = [...SYSCALLS, { names: ['semget'], action: ALLOW }];
  const wrongFor = (extensions: readonly string[]): string[] =>
    wrongProfile(
      {
        defaultAction: ERRNO,
        architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_AARCH64'],
        syscalls: SEMAPHORES,
      },
      extensions,
    );

  it('has its calls', () => {
    expect(wrongFor(['mbstring', 'sysvsem'])).toEqual([]);
  });

  it('has those of no other', () => {
    expect(wrongFor(['mbstring'])).toEqual(['semget is allowed, which the image does not need']);
  });
});

describe('a condition', () => {
  const masked = (condition: Fields): Fields => ({
    index: 0,
    value: NAMESPACES,
    valueTwo: 0,
    op: 'SCMP_CMP_MASKED_EQ',
    ...condition,
  });
  const equal = (condition: Fields): Fields => ({ index: 0, value: 1, op: 'SCMP_CMP_EQ', ...condition });

  it.each<[string, string, readonly Fields[]]>([
    ['clone without a namespace', 'clone', [masked({})]],
    ['clone without a namespace, as the value is 0 where none stands', 'clone', [masked({ valueTwo: undefined })]],
    ['a FIFO', 'mknod', [masked({ index: 1, value: 0o170_000, valueTwo: 0o010_000 })]],
    ['a FIFO of a directory', 'mknodat', [masked({ index: 2, value: 0o170_000, valueTwo: 0o010_000 })]],
    ['a socket of UNIX', 'socket', [equal({})]],
    ['a socket of INET6', 'socket', [equal({ value: 10 })]],
    ['a stream of UNIX', 'socket', [equal({ index: 1 }), equal({})]],
    ['a pair of UNIX', 'socketpair', [equal({})]],
  ])('may let pass %s', (_, name, args) => {
    expect(wrongBeside({ names: [name], action: ALLOW, args })).toEqual([]);
  });

  it.each<[string, string, readonly Fields[]]>([
    ['every clone', 'clone', []],
    ['clone by another argument', 'clone', [masked({ index: 1 })]],
    ['clone by a comparison of all', 'clone', [masked({ op: 'SCMP_CMP_EQ' })]],
    ['clone with all flags but one', 'clone', [masked({ value: 0x1000_0000 })]],
    ['clone with a namespace', 'clone', [masked({ valueTwo: 0x1000_0000 })]],
    ['a device', 'mknod', [masked({ index: 1, value: 0o170_000, valueTwo: 0o060_000 })]],
    ['a FIFO by the mode of the other call', 'mknodat', [masked({ index: 1, value: 0o170_000, valueTwo: 0o010_000 })]],
    ['a socket by another argument', 'socket', [equal({ index: 1 })]],
    ['every socket but one', 'socket', [equal({ op: 'SCMP_CMP_NE' })]],
    ['a socket of packets', 'socket', [equal({ value: 17 })]],
    ['two conditions of one argument, either of which will do', 'socket', [equal({}), equal({ value: 17 })]],
    ['a pair of INET', 'socketpair', [equal({ value: 2 })]],
  ])('lets not pass %s', (_, name, args) => {
    expect(wrongBeside({ names: [name], action: ALLOW, args })).toEqual([
      `${name} is allowed with other arguments than it needs`,
    ]);
  });
});

describe('clone3', () => {
  const UNANSWERED = 'clone3 is not answered with ENOSYS (38), so C libraries fail instead of taking clone';
  const wrongFor = (...rules: readonly Fields[]): string[] =>
    wrongWith({ syscalls: [STARTING, CLONE, SOCKET, ...rules] });

  it('is not allowed', () => {
    expect(wrongBeside({ names: ['clone3'], action: ALLOW })).toEqual(['clone3 is allowed, whose flags nobody sees']);
  });

  it.each<[string, Fields]>([
    ['is missed', { names: [], action: ERRNO }],
    ['is not answered by an error of another call', { names: ['statx'], action: ERRNO, errnoRet: 38 }],
    ['does not end the process', { ...CLONE3, action: 'SCMP_ACT_KILL' }],
    ['is not forbidden alone', { ...CLONE3, errnoRet: 1 }],
  ])('%s', (_, rule) => {
    expect(wrongFor(rule)).toEqual([UNANSWERED]);
  });
});

describe('what cannot be read does not pass', () => {
  const socket = (fields: Fields): Fields => ({ syscalls: [{ ...SOCKET, ...fields }] });

  it.each<[string, Fields]>([
    ['syscalls is not a list', { syscalls: STARTING }],
    ['a rule of syscalls is not a mapping', { syscalls: ['read'] }],
    ['names is not a list', socket({ names: 'socket' })],
    ['args is not a list', socket({ args: { index: 0 } })],
    ['a condition is not a mapping', socket({ args: [2] })],
    ['archMap is not a list', { archMap: { architecture: 'SCMP_ARCH_X86_64' } }],
    ['an entry of archMap is not a mapping', { archMap: ['SCMP_ARCH_X86_64'] }],
    ['architectures is not a list', { architectures: 'SCMP_ARCH_X86' }],
    ['subArchitectures is not a list', { archMap: [{ subArchitectures: 'SCMP_ARCH_X86' }] }],
  ])('%s', (says, fields) => {
    expect(() => wrongWith(fields)).toThrow(says);
  });
});
