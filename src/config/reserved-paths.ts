/** Places that belong to the system: nothing of an image is put there, and nothing there is writable. */
const SYSTEM = ['/bin', '/boot', '/dev', '/etc', '/lib', '/lib32', '/lib64', '/proc', '/root', '/sbin', '/sys', '/usr'];

/** Emptied or mounted over when a container starts. */
const EPHEMERAL = ['/run', '/tmp', '/var/run', '/var/tmp'];

/** Databases of packages, by which scanners know what an image has. */
const DATABASES = ['/lib/apk', '/var/lib/dpkg'];

/** Files that say who may do what, or that every program loads. */
const TRUSTED_FILES = [
  '/etc/group',
  '/etc/gshadow',
  '/etc/ld.so.cache',
  '/etc/ld.so.conf',
  '/etc/ld.so.preload',
  '/etc/nsswitch.conf',
  '/etc/passwd',
  '/etc/shadow',
  '/init',
];

/** Directories with programs and libraries of packages; one's own belong below /usr/local or /opt. */
const PROGRAMS = [
  '/bin',
  '/command',
  '/lib',
  '/lib32',
  '/lib64',
  '/package',
  '/sbin',
  '/usr/bin',
  '/usr/lib',
  '/usr/sbin',
];

/** Whether `path` is `parent` or lies below it. */
export function isAtOrBelow(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}/`);
}

/** Why a directory may not be writable to the running server, or be its document root; undefined where it may. */
export function whyNotADataDirectory(path: string): string | undefined {
  const place = [...SYSTEM, ...EPHEMERAL].find((reserved) => isAtOrBelow(path, reserved));
  if (place !== undefined) {
    return `${place} belongs to the system`;
  }
  if (['/opt', '/var', '/var/lib', '/var/www'].includes(path)) {
    return `${path} holds what is not yours too`;
  }
  return DATABASES.some((reserved) => isAtOrBelow(path, reserved)) ? 'scanners read it' : undefined;
}

/** Why an image may not get a file at a place; undefined where it may. */
export function whyNotAFile(path: string): string | undefined {
  if (TRUSTED_FILES.includes(path)) {
    return 'the image makes it itself';
  }
  if ([...EPHEMERAL, '/dev', '/proc', '/sys'].some((reserved) => isAtOrBelow(path, reserved))) {
    return 'the file would be hidden when a container starts';
  }
  if (DATABASES.some((reserved) => isAtOrBelow(path, reserved))) {
    return 'scanners read what packages wrote there';
  }
  return PROGRAMS.some((reserved) => isAtOrBelow(path, reserved))
    ? 'packages have their programs there; yours belong below /usr/local or /opt'
    : undefined;
}
