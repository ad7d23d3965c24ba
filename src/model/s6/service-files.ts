import { assertMatches } from '../template-error';
import { renderExecline, type ExeclineLine } from './execline';
import type { LongRun } from './service';

/** A file of a service directory. */
export interface ServiceFile {
  /** Path below the directory. */
  readonly path: string;
  readonly content: string;
  readonly executable: boolean;
}

/** How a source of s6 differs from another. */
export interface ServiceDialect {
  /** Path of execlineb. */
  readonly execlineb: string;
  /** Lines before the program itself: what it has to wait for. */
  readonly waitFor: readonly ExeclineLine[];
  /** Shell lines that end the container with status 1. */
  readonly endContainer: readonly string[];
}

/**
 * Asks every 10 ms whether a service is ready, as often as it takes: after its 7 tries of its own accord
 * s6-notifyoncheck gives up for good, and a service that was slower than that would never count as ready.
 */
const NOTIFY: ExeclineLine = ['s6-notifyoncheck', '-d', '-n', '0', '-w', '10'];

/** Holds the process group of a running service, in its directory. */
const GROUP_FILE = 'group';

/**
 * A service leads a process group of its own; its number is kept for `finish`. s6 gives one too, which it reads so
 * early that on a slow machine it is that of the supervisor itself (seen under emulation: 1, and `kill -- -1` is
 * everybody).
 */
const NOTE_GROUP: readonly ExeclineLine[] = [
  ['getpid', '-E', 'group'],
  ['foreground', { block: [['redirfd', '-w', '1', GROUP_FILE, 'echo', { variable: '${group}' }]] }],
  ['unexport', 'group'],
];

/** Until a service is ready its check fails, which is no news. */
const QUIETLY: ExeclineLine = ['redirfd', '-w', '2', '/dev/null'];

/** Seconds in which the deaths of a service are counted. */
const DEATH_WINDOW = 60;

/** The files that both sources of s6 need to run a program. */
export function serviceFiles(service: LongRun, dialect: ServiceDialect): ServiceFile[] {
  assertMatches(service.name, /^[a-z][a-z0-9-]{0,62}$/, 's6', 'the name of a service (lower case, digits, dashes)');
  const files: ServiceFile[] = [
    text('down-signal', service.stopSignal),
    script('finish', renderFinish(service, dialect)),
    script('run', renderExecline(dialect.execlineb, '-P', runLines(service, dialect))),
    text('timeout-kill', String(service.stopTimeout * 1000)),
  ];
  if (service.readiness) {
    files.push(
      script(
        'data/check',
        renderExecline(dialect.execlineb, '-P', [QUIETLY, ...inDirectory(service), service.readiness]),
      ),
      text('notification-fd', '3'),
    );
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function runLines(service: LongRun, dialect: ServiceDialect): ExeclineLine[] {
  const [program] = service.command;
  assertMatches(program ?? '', /^\//, `s6: ${service.name}`, 'a command that starts with an absolute path');
  const environment = Object.keys(service.environment)
    .sort()
    .map((name) => {
      assertMatches(name, /^[A-Za-z_][A-Za-z0-9_]*$/, `s6: ${service.name}`, 'the name of an environment variable');
      return ['export', name, service.environment[name]!];
    });
  const readiness = service.readiness ? [NOTIFY] : [];
  return [...dialect.waitFor, ...NOTE_GROUP, ...environment, ...readiness, ...inDirectory(service), service.command];
}

function inDirectory({ directory }: LongRun): ExeclineLine[] {
  return directory === undefined ? [] : [['cd', directory]];
}

/**
 * The text of a `run` with another program in the place of the service's own: it waits for the same services, in the
 * same environment, and is ready as soon as its turn has come.
 */
export function withOtherProgram(run: string, program: ExeclineLine): string {
  const lines = run.trimEnd().split('\n').slice(0, -1);
  const [shebang = '', ...before] = lines.filter((line) => line !== NOTIFY.join(' '));
  const ready: ExeclineLine[] =
    before.length + 1 < lines.length ? [['foreground', { block: [['fdmove', '1', '3', 'echo']] }]] : [];
  const [, ...after] = renderExecline('/x', '-P', [...ready, program]).split('\n');
  return [shebang, ...before, ...after].join('\n');
}

/**
 * What happens after a death. Workers that outlive their master would keep its port and its socket, so the whole
 * process group goes; a service that keeps dying takes the container with it.
 */
function renderFinish(service: LongRun, dialect: ServiceDialect): string {
  return [
    '#!/bin/sh',
    '# $1: exit status (256: ended by a signal), $2: signal, $3: service',
    `if [ -r ${GROUP_FILE} ] && read -r group <${GROUP_FILE} && [ "$group" -gt 1 ]; then`,
    `  : >${GROUP_FILE}`,
    '  kill -s KILL -- "-$group" 2>/dev/null',
    'fi',
    `s6-permafailon ${DEATH_WINDOW} ${service.maxDeaths} 1-255,SIGABRT,SIGBUS,SIGFPE,SIGILL,SIGKILL,SIGSEGV,SIGSYS true`,
    '[ "$?" -eq 125 ] || exit 0',
    `echo "s6: $3 died ${service.maxDeaths} times within ${DEATH_WINDOW} seconds (status $1, signal $2); the container ends" >&2`,
    ...dialect.endContainer,
    'exit 125',
    '',
  ].join('\n');
}

/** A file of one line. */
export function text(path: string, line: string): ServiceFile {
  return { path, content: line === '' ? '' : `${line}\n`, executable: false };
}

/** An executable file. */
export function script(path: string, content: string): ServiceFile {
  return { path, content, executable: true };
}
