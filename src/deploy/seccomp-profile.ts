import { Pool } from '../config';
import { EXTENSION_SYSCALLS, SYSCALL_GROUPS } from './seccomp-syscalls';

/** Condition on an argument of a call. */
export interface SeccompArgument {
  readonly index: number;
  readonly value: number;
  readonly valueTwo?: number;
  readonly op: 'SCMP_CMP_EQ' | 'SCMP_CMP_MASKED_EQ';
}

/** What happens to some calls. */
export interface SeccompRule {
  readonly names: readonly string[];
  readonly action: 'SCMP_ACT_ALLOW' | 'SCMP_ACT_ERRNO';
  readonly errnoRet?: number;
  readonly args?: readonly SeccompArgument[];
  readonly comment: string;
}

/** A seccomp profile as Docker, Podman, containerd and CRI-O read it. */
export interface SeccompProfile {
  readonly defaultAction: 'SCMP_ACT_ERRNO';
  readonly defaultErrnoRet: number;
  readonly archMap: ReadonlyArray<{ readonly architecture: string; readonly subArchitectures: readonly string[] }>;
  readonly syscalls: readonly SeccompRule[];
}

const EPERM = 1;
const ENOSYS = 38;

/** Profiles as texts: there are few that differ. */
const TEXTS = new Pool<string>();

/** New mount, cgroup, uts, ipc, user, pid and net namespaces, as flags of clone(2). */
const CLONE_NAMESPACES = 0x7e02_0000;

/** The part of a mode that says what kind of file it is, and the kind FIFO. */
const FILE_KIND = 0o170_000;
const FIFO = 0o010_000;

/** Families that socket(2) may make, by their numbers. */
const SOCKET_FAMILIES: Readonly<Record<string, number>> = { UNIX: 1, INET: 2, INET6: 10, NETLINK: 16 };

/** The profile of an image, as its file has it. */
export function seccompText(extensions: readonly string[]): string {
  const asked = withCalls(extensions);
  return TEXTS.share(asked.join(), () => `${JSON.stringify(seccompProfile(asked), undefined, 2)}\n`);
}

/**
 * The profile of an image: one for both architectures, without conditions on capabilities or architectures, so that
 * every engine reads it as the same list. 32-bit calls, by which socket(2) could be reached unseen, are not among them.
 *
 * @param extensions the extensions of PHP that were asked for
 */
export function seccompProfile(extensions: readonly string[]): SeccompProfile {
  return {
    defaultAction: 'SCMP_ACT_ERRNO',
    defaultErrnoRet: EPERM,
    archMap: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_AARCH64'].map((architecture) => ({ architecture, subArchitectures: [] })),
    syscalls: [
      ...SYSCALL_GROUPS.map(({ why, names }) => allow(names, why)),
      ...withCalls(extensions).map((extension) => allow(EXTENSION_SYSCALLS[extension]!, `the extension ${extension}`)),
      ...conditional(),
    ],
  };
}

/** Of some extensions those that need calls of their own, in one order. */
function withCalls(extensions: readonly string[]): readonly string[] {
  return Object.keys(EXTENSION_SYSCALLS).filter((extension) => extensions.includes(extension));
}

function conditional(): SeccompRule[] {
  return [
    allow(['clone'], 'processes and threads, without namespaces of their own', {
      index: 0,
      value: CLONE_NAMESPACES,
      valueTwo: 0,
      op: 'SCMP_CMP_MASKED_EQ',
    }),
    {
      names: ['clone3'],
      action: 'SCMP_ACT_ERRNO',
      errnoRet: ENOSYS,
      comment: 'its flags cannot be seen from here; told that it is not there, C libraries take clone',
    },
    allow(['mknod'], 'FIFOs, by which s6 is controlled; no devices', kindOf(1)),
    allow(['mknodat'], 'FIFOs, by which s6 is controlled; no devices', kindOf(2)),
    ...Object.entries(SOCKET_FAMILIES).map(([family, value]) =>
      allow(['socket'], `sockets of the family ${family}`, { index: 0, value, op: 'SCMP_CMP_EQ' }),
    ),
    allow(['socketpair'], 'pairs of sockets of the family UNIX', {
      index: 0,
      value: SOCKET_FAMILIES.UNIX!,
      op: 'SCMP_CMP_EQ',
    }),
  ];
}

function kindOf(index: number): SeccompArgument {
  return { index, value: FILE_KIND, valueTwo: FIFO, op: 'SCMP_CMP_MASKED_EQ' };
}

function allow(names: readonly string[], comment: string, ...args: readonly SeccompArgument[]): SeccompRule {
  return { names, action: 'SCMP_ACT_ALLOW', ...(args.length > 0 ? { args } : {}), comment };
}
