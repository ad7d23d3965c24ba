import { flatMap } from '../../config/flat-map';

/** What the image never needs, whatever stands behind it: rights over the system, everything, or a way out. */
const WIDE =
  /^(?:all|capability|mount|remount|umount|pivot_root|ptrace|change_profile|userns|io_uring|mqueue|dbus|unix)\b|^file(?: [a-zA-Z]+)?$/;

/** A rule of a priority may go before those that deny. */
const BEFORE_DENIALS = /^priority\s*=\s*-?\d+ (?!(?:audit )?deny )/;

/** Sockets of all kinds, or for packets of one's own making. */
const WIDE_NETWORK = /^network(?:$| raw| packet| (?:inet|inet6)(?:$| raw))/;

/** Directories of the root that belong to the system, and beginnings of their names: `lib64`. */
const SYSTEM = ['bin', 'boot', 'etc', 'lib', 'proc', 'root', 'sbin', 'sys', 'usr'];

/** Devices that harm nobody. */
const DEVICES = /^(?:fd|full|null|ptmx|pts|random|shm|stderr|stdin|stdout|tty|urandom|zero)$/;

/** Places of AppArmor's own variables that a server may write to; what others stand for nobody knows here. */
const OWN_PLACES = /^@\{(?:run\}|PROC\}\/(?:self|@\{pids?\}))\//;

/** Choices in one path; one with more could stand for thousands. */
const MOST_CHOICES = 20;

/** Whether a rule gives what the image never needs. */
export function isWide(rule: string): boolean {
  const plain = rule.replace(/^(?:(?:audit|allow|owner|quiet) )+/, '');
  if (BEFORE_DENIALS.test(plain) || WIDE.test(plain) || WIDE_NETWORK.test(plain)) {
    return true;
  }
  const [, first = '', path, last = ''] = /^(?:file )?(?:([a-zA-Z]+) )?("[^"]*"|[/@{]\S*)(?: (\S+))?/.exec(plain) ?? [];
  const modes = first + last;
  return path !== undefined && (/[uU]x/.test(modes) || (/[wakl]/.test(modes) && isOfSystem(path.replace(/"/g, ''))));
}

function isOfSystem(path: string): boolean {
  if (path.startsWith('@')) {
    return !OWN_PLACES.test(path);
  }
  return path.split(/[{,]/).length > MOST_CHOICES || choices(path).some(takesInSystem);
}

/** `/{etc,usr}/x` is `/etc/x` and `/usr/x`. */
function choices(path: string): string[] {
  const choice = /(?<!@)\{([^{}]*)\}/.exec(path);
  if (!choice) {
    return [path];
  }
  const before = path.slice(0, choice.index);
  const after = path.slice(choice.index + choice[0].length);
  return flatMap(choice[1]!.split(','), (one) => choices(before + one + after));
}

function takesInSystem(path: string): boolean {
  const [top = '', second = ''] = path.replace(/^\/+/, '').split(/\/+/);
  if (top.startsWith('*') || SYSTEM.some((name) => top.startsWith(name) || isLike(top, name))) {
    return true;
  }
  const isDeep = top.includes('**');
  return (
    (isLike(top, 'var') && (isDeep || second.startsWith('www') || isLike(second, 'www'))) ||
    (isLike(top, 'dev') && (isDeep || !DEVICES.test(second)))
  );
}

/** Whether a part of a path, with its patterns, may be a name; two stars go on below it. */
function isLike(part: string, name: string): boolean {
  const expression = part
    .replace(/\*\*.*$/, '*')
    .replace(/[\\$.|+(){}]|(?<!\[)\^/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return matches(expression, name);
}

/** What is no expression is taken for one that takes in everything. */
function matches(expression: string, name: string): boolean {
  try {
    return new RegExp(`^${expression}$`).test(name);
  } catch {
    return true;
  }
}
