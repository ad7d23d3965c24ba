import { forbiddenIn, SIZE_PATTERN, whyNotADataDirectory, whyNotAFile } from '../config';
import type { Problem } from '../errors';
import type { StopSignal } from '../model';
import type { Contributions } from './contributions';
import { parseCronSchedule } from './cron-schedule';
import type { ImagePart } from './image-part';
import { RUNTIME_VARIABLES } from './runtime-settings';
import { areShared } from './shared-contributions';

const ENV_NAME = /^[A-Z_][A-Z0-9_]*$/;
const PACKAGE_NAME = /^[a-z0-9][a-z0-9+.-]*$/;
const SERVICE_NAME = /^[a-z][a-z0-9-]{0,62}$/;
const TARGET = /^(?:\/[A-Za-z0-9._@+-]+)+$/;

/** Names that s6-overlay has bundles and services of its own for. */
const RESERVED_SERVICES = [
  'base',
  'fix-attrs',
  'legacy-cont-init',
  'legacy-services',
  'syslogd',
  'syslogd-log',
  'top',
  'user',
  'user2',
];

/** A day, as for every time limit of the configuration. */
const LONGEST = 86_400;

const STOP_SIGNALS: readonly StopSignal[] = [
  'SIGTERM',
  'SIGQUIT',
  'SIGINT',
  'SIGHUP',
  'SIGUSR1',
  'SIGUSR2',
  'SIGWINCH',
];

type Check = (ok: boolean, what: string, next: string) => void;

/** Contributions in which nothing was found, and that nobody can change: many constructs share them. */
const RIGHT = new WeakSet<Contributions>();

/** Every contribution of a construct that could not stand in a generated file. */
export function checkContributions(part: ImagePart): Problem[] {
  const { contributions } = part;
  if (RIGHT.has(contributions)) {
    return [];
  }
  const problems = findProblems(part);
  if (problems.length === 0 && areShared(contributions)) {
    RIGHT.add(contributions);
  }
  return problems;
}

function findProblems(part: ImagePart): Problem[] {
  const { contributions } = part;
  const problems: Problem[] = [];
  const check: Check = (ok, what, next) => {
    if (!ok) {
      problems.push({ where: part.node.path, what, next });
    }
  };
  for (const name of contributions.packages.flatMap((item) =>
    typeof item === 'string' ? [item] : Object.values(item),
  )) {
    check(
      PACKAGE_NAME.test(name),
      `${show(name)} is not the name of a package`,
      'use lower-case letters, digits, +, - and dots',
    );
  }
  for (const [name, value] of contributions.environment) {
    checkVariable(check, name);
    check(
      ENV_NAME.test(name),
      `${show(name)} is not the name of an environment variable`,
      'use capitals, digits and underscores',
    );
    plain(check, `environment variable ${name}`, value);
  }
  for (const { target, content } of contributions.files) {
    checkPath(check, target);
    const why = whyNotAFile(target);
    check(
      why === undefined,
      `a file at ${show(target)} is refused: ${why}`,
      'put it elsewhere, such as below /etc or /usr/local',
    );
    check(
      !content.includes('\0'),
      `the content of ${show(target)} contains a NUL`,
      'give text; binary files belong into the application',
    );
  }
  for (const { path, mode, size } of contributions.writablePaths) {
    const why = ['/run', '/tmp'].includes(path) ? undefined : whyNotADataDirectory(path);
    check(
      why === undefined,
      `${show(path)} cannot be writable: ${why}`,
      'choose a directory such as /data/queue or /var/lib/app',
    );
    checkPath(check, path);
    check(
      /^[01]?[0-7]{3}$/.test(mode),
      `${show(mode)} is not the mode of a directory`,
      'write it in octal without setuid and setgid, such as 0770',
    );
    check(
      size === undefined || SIZE_PATTERN.test(size),
      `${show(size ?? '')} is not the size of a directory`,
      'write digits and K, M or G, such as 64M',
    );
  }
  for (const port of contributions.ports) {
    check(
      Number.isInteger(port) && port >= 1 && port <= 65_535,
      `${port} is not a port`,
      'give a number from 1 to 65535',
    );
  }
  for (const { name, script } of contributions.buildSteps) {
    check(
      SERVICE_NAME.test(name),
      `${show(name)} is not the name of a build step`,
      'use lower-case letters, digits and dashes',
    );
    check(!script.includes('\0'), `build step ${name} contains a NUL`, 'give a shell script');
  }
  for (const { name, schedule, command } of contributions.cronJobs) {
    check(
      SERVICE_NAME.test(name),
      `${show(name)} is not the name of a cron job`,
      'use lower-case letters, digits and dashes',
    );
    checkSchedule(check, name, schedule);
    command.forEach((word) => plain(check, `cron job ${name}`, word));
    check(command.length > 0, `cron job ${name} has no command`, 'name a program and its arguments');
  }
  checkServices(part, check);
  return problems;
}

function checkServices({ contributions }: ImagePart, check: Check): void {
  for (const service of [...contributions.longRuns, ...contributions.oneShots]) {
    const where = `service ${service.name}`;
    check(
      SERVICE_NAME.test(service.name),
      `${show(service.name)} is not the name of a service`,
      'use lower-case letters, digits and dashes',
    );
    check(
      !RESERVED_SERVICES.includes(service.name) && !service.name.startsWith('s6rc-') && !service.name.startsWith('s6-'),
      `${show(service.name)} is a name of s6 itself`,
      'give the service another name',
    );
    check(service.command.length > 0, `${where} has no command`, 'name a program and its arguments');
    check(
      service.command[0]?.startsWith('/') ?? true,
      `${where}: ${show(service.command[0])} is not an absolute path`,
      'name the program by its absolute path',
    );
    service.command.forEach((word) => plain(check, where, word));
  }
  for (const service of contributions.longRuns) {
    for (const [name, value] of Object.entries(service.environment ?? {})) {
      check(
        /^[A-Za-z_][A-Za-z0-9_]*$/.test(name),
        `${show(name)} is not the name of an environment variable`,
        'use letters, digits and underscores',
      );
      plain(check, `service ${service.name}, ${name}`, value);
    }
    check(
      isWhole(service.stopTimeout ?? 1, LONGEST),
      `service ${service.name}: stopTimeout ${show(service.stopTimeout)} is not a time`,
      'give whole seconds from 1 to 86400',
    );
    check(
      isWhole(service.maxDeaths ?? 1, 60),
      `service ${service.name}: maxDeaths ${show(service.maxDeaths)} is not a number of deaths`,
      'give a whole number from 1 to 60: s6 starts a service once a second at most',
    );
    check(
      STOP_SIGNALS.includes(service.stopSignal ?? 'SIGTERM'),
      `service ${service.name}: ${show(service.stopSignal)} is not a signal that asks to stop`,
      `give one of: ${STOP_SIGNALS.join(', ')}`,
    );
    service.readiness?.forEach((word) => plain(check, `service ${service.name}, readiness`, word));
  }
}

function isWhole(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most;
}

function checkVariable(check: Check, name: string): void {
  check(name !== 'PATH', 'PATH is made from what the image has', 'name programs by their absolute paths');
  check(!name.startsWith('LD_'), `${name} decides what code every program loads`, 'take it out');
  check(
    !RUNTIME_VARIABLES.includes(name),
    `${name} is given when a container starts, and is checked then`,
    'set its default by the option of php or nginx that it stands for',
  );
}

function checkSchedule(check: Check, name: string, schedule: string): void {
  check(
    parseCronSchedule(schedule) !== undefined,
    `cron job ${name}: ${show(schedule)} is not a schedule`,
    'write five fields as in crontab(5), such as */5 * * * *, or @hourly',
  );
}

function checkPath(check: Check, path: string): void {
  const segments = path.split('/');
  check(
    TARGET.test(path),
    `${show(path)} is not an absolute path of plain characters`,
    'write a path such as /etc/app/worker.conf',
  );
  check(
    !segments.includes('..') && !segments.includes('.'),
    `${show(path)} leaves its place by "." or ".."`,
    'write the path without them',
  );
}

function plain(check: Check, where: string, value: string): void {
  const found = forbiddenIn(value);
  check(
    found === undefined,
    `${where}: ${show(value)} contains ${found}`,
    'write the value without it, or put it into a file by addFile',
  );
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
