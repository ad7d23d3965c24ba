/**
 * In which container an attack is shown to work, so that its failure elsewhere says something:
 *
 * - `plain`: the image with the engine's defaults, as its own user
 * - `root`: the same as root
 * - `unconfined`: as its own user without a seccomp profile
 * - `privileged`: as root with all privileges
 * - `base`: the base image, with the engine's defaults
 */
export type Control = 'plain' | 'root' | 'unconfined' | 'privileged' | 'base';

/** An attack from inside of a container, by the name that attack.c has for it. */
export interface Attack {
  readonly name: string;
  /** What it tries. */
  readonly tries: string;
  /** How it fails: the name of the errno, or of the signal that ends it. */
  readonly fails: string;
  readonly control: Control;
  /** Kernels may be built without it; it does not count there. */
  readonly optional?: boolean;
}

const attack = (name: string, tries: string, fails: string, control: Control, optional = false): Attack => ({
  name,
  tries,
  fails,
  control,
  optional,
});

/** Every attack and how it fails. */
export const ATTACKS: readonly Attack[] = [
  attack('write-etc', 'write a file to /etc', 'EROFS', 'root'),
  attack('write-usr', 'write a program to /usr/bin', 'EROFS', 'root'),
  attack('write-application', 'write PHP to /var/www/html', 'EROFS', 'root'),
  attack('write-root', 'write a file to /', 'EROFS', 'root'),
  attack('append-passwd', 'open /etc/passwd for writing', 'EACCES', 'root'),
  attack('replace-nginx', 'move /usr/sbin/nginx away', 'EROFS', 'root'),
  attack('execute-tmp', 'run a program from /tmp', 'EACCES', 'plain'),
  attack('fill-tmp', 'write 80 MB to /tmp', 'ENOSPC', 'plain'),
  attack('attribute', 'write an extended attribute', 'EPERM', 'plain'),
  attack('find-setuid', 'find a setuid, setgid or capable program', 'ENOENT', 'base'),
  attack('run-setuid', 'gain root by a setuid program that is mounted', 'EPERM', 'plain'),
  attack('become-root', 'setuid(0)', 'EPERM', 'root'),
  attack('join-group', 'setgroups with group 0', 'EPERM', 'root'),
  attack('chown-root', 'give a file to root', 'EPERM', 'root'),
  attack('device', 'make a device with mknod', 'EPERM', 'root'),
  attack('change-root', 'chroot', 'EPERM', 'root'),
  attack('new-mount', 'mount', 'EPERM', 'privileged'),
  attack('unmount', 'umount', 'EPERM', 'privileged'),
  attack('new-user-namespace', 'unshare a user namespace', 'EPERM', 'unconfined'),
  attack('clone-user-namespace', 'clone into a user namespace', 'EPERM', 'unconfined'),
  attack('clone3-namespace', 'clone3 into a user namespace', 'ENOSYS', 'unconfined'),
  attack('enter-namespace', 'setns', 'EPERM', 'privileged'),
  attack('rename-host', 'sethostname', 'EPERM', 'privileged'),
  attack('trace', 'ptrace a process of the same user', 'EPERM', 'plain'),
  attack('read-memory', 'process_vm_readv of a process of the same user', 'EPERM', 'plain'),
  attack('dump-core', 'allow core files', 'EPERM', 'plain'),
  attack('add-key', 'add_key to a keyring of the kernel', 'EPERM', 'unconfined'),
  attack('ring', 'io_uring_setup', 'EPERM', 'unconfined', true),
  attack('program-kernel', 'bpf', 'EPERM', 'privileged'),
  attack('fault-handler', 'userfaultfd', 'EPERM', 'unconfined', true),
  attack('count-events', 'perf_event_open', 'EPERM', 'privileged', true),
  attack('read-kernel-log', 'read the log of the kernel', 'EPERM', 'privileged'),
  attack('no-randomization', 'switch off the randomization of addresses', 'EPERM', 'unconfined'),
  attack('file-handle', 'name_to_handle_at', 'EPERM', 'plain'),
  attack('message-queue', 'make a System V message queue', 'EPERM', 'plain'),
  attack('watch-files', 'inotify_init', 'EPERM', 'plain'),
  attack('kernel-setting', 'open a setting of the kernel for writing', 'EACCES', 'privileged'),
  attack('call-32-bit', 'make a 32-bit system call, around the filter', 'SIGSYS', 'plain', true),
  attack('raw-socket', 'make a raw socket for ping', 'EPERM', 'root'),
  attack('ping-socket', 'make a ping socket', 'EACCES', 'plain'),
  attack('packet-socket', 'make a packet socket', 'EPERM', 'root'),
  attack('vsock', 'make a socket to the hypervisor', 'EPERM', 'unconfined', true),
  attack('bind-low', 'listen on port 443', 'EACCES', 'plain'),
  attack('fork-bomb', 'start 600 processes', 'EAGAIN', 'plain'),
];
