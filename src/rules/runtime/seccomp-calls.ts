import { asFields, asList, show, type Fields } from './fields';
import { flatMap } from '../../config/flat-map';
import { onceFor } from '../../config/once-for';
import { EXTENSION_SYSCALLS, SYSCALL_GROUPS } from '../../deploy';

/** Calls that no web server needs, and by which a kernel was or may be broken into. */
const DANGEROUS: readonly string[] = [
  'acct',
  'add_key',
  'adjtimex',
  'bpf',
  'clock_adjtime',
  'clock_settime',
  'create_module',
  'delete_module',
  'fanotify_init',
  'finit_module',
  'fsconfig',
  'fsmount',
  'fsopen',
  'fspick',
  'init_module',
  'io_setup',
  'io_submit',
  'io_uring_enter',
  'io_uring_register',
  'io_uring_setup',
  'ioperm',
  'iopl',
  'kcmp',
  'kexec_file_load',
  'kexec_load',
  'keyctl',
  'lookup_dcookie',
  'mount',
  'mount_setattr',
  'move_mount',
  'name_to_handle_at',
  'nfsservctl',
  'open_by_handle_at',
  'open_tree',
  'perf_event_open',
  'personality',
  'pivot_root',
  'process_vm_readv',
  'process_vm_writev',
  'ptrace',
  'quotactl',
  'quotactl_fd',
  'reboot',
  'request_key',
  'setdomainname',
  'setfsgid',
  'setfsuid',
  'sethostname',
  'setns',
  'settimeofday',
  'socketcall',
  'swapoff',
  'swapon',
  'syslog',
  'umount',
  'umount2',
  'unshare',
  'userfaultfd',
  'vhangup',
  'vmsplice',
];

/** Calls that are allowed with some arguments alone: which argument, under which mask, may have which values. */
const CONDITIONAL: Readonly<
  Record<string, { readonly index: number; readonly mask?: number; readonly values: readonly number[] }>
> = {
  // No namespaces of its own
  clone: { index: 0, mask: 0x7e02_0000, values: [0] },
  // FIFOs alone
  mknod: { index: 1, mask: 0o170_000, values: [0o010_000] },
  mknodat: { index: 2, mask: 0o170_000, values: [0o010_000] },
  // UNIX, INET, INET6, NETLINK
  socket: { index: 0, values: [1, 2, 10, 16] },
  socketpair: { index: 0, values: [1] },
};

/** Without these neither the engine nor nginx starts. */
const REQUIRED: readonly string[] = [
  'accept4',
  'clone',
  'close',
  'connect',
  'epoll_ctl',
  'execve',
  'exit_group',
  'futex',
  'kill',
  'mmap',
  'openat',
  'read',
  'setuid',
  'socket',
  'wait4',
  'write',
];

/** Actions that refuse a call. */
const REFUSALS: readonly string[] = [
  'SCMP_ACT_ERRNO',
  'SCMP_ACT_KILL',
  'SCMP_ACT_KILL_PROCESS',
  'SCMP_ACT_KILL_THREAD',
];

/** ENOSYS: C libraries then take clone, whose flags can be seen. */
const NO_SUCH_CALL = 38;

/** Calls that every image may need. */
const KNOWN: ReadonlySet<string> = new Set([
  ...SYSCALL_GROUPS.flatMap(({ names }) => names),
  ...Object.keys(CONDITIONAL),
]);

/** What is wrong with a seccomp profile. */
export function wrongProfile(profile: Fields, extensions: readonly string[]): string[] {
  const { wrong, unusual } = judge(profile);
  const own = flatMap(extensions, (extension) => EXTENSION_SYSCALLS[extension] ?? []);
  const needless = unusual.filter((name) => !own.includes(name));
  return [...wrong, ...needless.map((name) => `${name} is allowed, which the image does not need`)];
}

/** What is wrong with a profile whatever the extensions are, and the calls that only some of them need. */
const judge = onceFor((profile: Fields): { readonly wrong: readonly string[]; readonly unusual: readonly string[] } => {
  const rules = asList(profile.syscalls, 'syscalls').map((item) => asFields(item, 'a rule of syscalls'));
  const allowing = rules.filter(({ action }) => !REFUSALS.includes(String(action)));
  const allowed = new Set(flatMap(allowing, namesOf));
  const wrong = [
    ...(profile.defaultAction === 'SCMP_ACT_ERRNO'
      ? []
      : [`what is not named is answered with ${show(profile.defaultAction)}, not SCMP_ACT_ERRNO`]),
    ...wrongArchitectures(profile),
    ...allowing.filter(({ action }) => action !== 'SCMP_ACT_ALLOW').map(({ action }) => `an action is ${show(action)}`),
    ...[...allowed].filter((name) => DANGEROUS.includes(name)).map((name) => `${name} is allowed, which is dangerous`),
    ...allowing.flatMap(unconditional),
    ...wrongClone3(rules, allowed),
    ...REQUIRED.filter((name) => !allowed.has(name)).map((name) => `${name} is refused, without which nothing starts`),
  ];
  const unusual = [...allowed].filter((name) => !DANGEROUS.includes(name) && !KNOWN.has(name) && name !== 'clone3');
  return { wrong, unusual };
});

function namesOf({ names, name }: Fields): string[] {
  return [...asList(names, 'names'), ...(name === undefined ? [] : [name])].map(String);
}

/** 32-bit calls reach the kernel past conditions on 64-bit ones. */
function wrongArchitectures(profile: Fields): string[] {
  const map = asList(profile.archMap, 'archMap').map((item) => asFields(item, 'an entry of archMap'));
  const names = [...map.map(({ architecture }) => architecture), ...asList(profile.architectures, 'architectures')];
  const sub = flatMap(map, ({ subArchitectures }) => asList(subArchitectures, 'subArchitectures'));
  const wanted = ['SCMP_ARCH_X86_64', 'SCMP_ARCH_AARCH64'];
  return [
    ...wanted.filter((name) => !names.includes(name)).map((name) => `${name} is not among its architectures`),
    ...[...names.filter((name) => !wanted.includes(String(name))), ...sub].map(
      (name) => `${String(name)} is among its architectures, by whose calls conditions are passed`,
    ),
  ];
}

function unconditional(rule: Fields): string[] {
  return namesOf(rule)
    .filter((name) => Object.hasOwn(CONDITIONAL, name))
    .filter((name) => !isConditional(name, rule))
    .map((name) => `${name} is allowed with other arguments than it needs`);
}

/**
 * Conditions of one rule hold together, so one that is right is enough; but not two of one argument, of which engines make
 * a rule each (runc: matchCall of libcontainer/seccomp).
 */
function isConditional(name: string, { args }: Fields): boolean {
  const { index, mask, values } = CONDITIONAL[name]!;
  const conditions = asList(args, 'args').map((item) => asFields(item, 'a condition'));
  const indices = new Set(conditions.map((condition) => condition.index));
  return (
    indices.size === conditions.length &&
    conditions.some((condition) =>
      mask === undefined
        ? condition.index === index && condition.op === 'SCMP_CMP_EQ' && values.includes(Number(condition.value))
        : condition.index === index &&
          condition.op === 'SCMP_CMP_MASKED_EQ' &&
          condition.value === mask &&
          values.includes(Number(condition.valueTwo ?? 0)),
    )
  );
}

function wrongClone3(rules: readonly Fields[], allowed: ReadonlySet<string>): string[] {
  if (allowed.has('clone3')) {
    return ['clone3 is allowed, whose flags nobody sees'];
  }
  const answered = rules.some(
    (rule) => namesOf(rule).includes('clone3') && rule.action === 'SCMP_ACT_ERRNO' && rule.errnoRet === NO_SUCH_CALL,
  );
  return answered
    ? []
    : [`clone3 is not answered with ENOSYS (${NO_SUCH_CALL}), so C libraries fail instead of taking clone`];
}
