import { assertPlain } from '../template-error';
import { renderExecline, type ExeclineLine } from './execline';
import { startOrder } from './order';
import type { LongRun, OneShot, Service } from './service';
import { script, serviceFiles, type ServiceFile } from './service-files';

/** What the tree has to know of the distribution's s6, and of the image. */
export interface DistributionOptions {
  /** `/usr/bin/execlineb` */
  readonly execlineb: string;
  /** Where the tree lies in the image: `/etc/s6`. */
  readonly source: string;
  /** Seconds after which the container ends when a service is not ready. */
  readonly startTimeout: number;
}

/**
 * The service directories that are scanned: s6 writes into them. Their files are links into the image, so that /run
 * may be mounted noexec, and none of it stands in memory twice.
 */
const SCAN_DIR = '/run/service';

/** Holds the status with which the container ends. */
const EXIT_CODE = '/run/exit-code';

/** Signals that stop the container: what people and orchestrators send, the stop signal of nginx's own image among them. */
const STOP_SIGNALS = ['SIGINT', 'SIGQUIT', 'SIGTERM'];

/** Service directories beyond those of the image for which s6-svscan keeps room; by itself it does so for 1000. */
const SPARE_SERVICES = 8;

/**
 * The services for plain s6: `init` is the container's first process, which makes the service directories in
 * `/run` and becomes s6-svscan. What a signal does stands in `.s6-svscan`.
 */
export function distributionTree(services: readonly Service[], options: DistributionOptions): ServiceFile[] {
  const ordered = startOrder(services);
  const longRuns = ordered.filter((service): service is LongRun => service.kind === 'longrun');
  const oneShots = ordered.filter((service): service is OneShot => service.kind === 'oneshot');
  const stop = renderStop(longRuns, options);
  return [
    script('await-ready', renderAwaitReady(longRuns, options)),
    script('init', renderInit(oneShots, longRuns, options)),
    ...STOP_SIGNALS.map((signal) => script(`service/.s6-svscan/${signal}`, stop)),
    script('service/.s6-svscan/finish', renderScanFinish()),
    ...longRuns.flatMap((service) => serviceDirectory(service, waitsFor(service, longRuns), options)),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function renderInit(oneShots: readonly OneShot[], longRuns: readonly LongRun[], options: DistributionOptions): string {
  const unwritable = 'end "/run is not writable: mount a tmpfs on it"';
  return [
    '#!/bin/sh',
    '# The first process: runs the start-up steps, and becomes s6-svscan.',
    // Arguments are a command to run instead of the servers: docker run IMAGE php artisan migrate
    '[ "$#" -eq 0 ] || exec "$@"',
    'end() {',
    '  echo "init: $1" >&2',
    '  exit 1',
    '}',
    '# To a first process that asks for none, signals are not given. A step is let finish; then the container ends.',
    `trap 'exit 0' ${STOP_SIGNALS.map((signal) => signal.slice('SIG'.length)).join(' ')}`,
    `rm -rf ${SCAN_DIR} ${EXIT_CODE} || ${unwritable}`,
    `cp -Rs ${options.source}/service ${SCAN_DIR} || ${unwritable}`,
    ...oneShots.map(startStep),
    `${options.source}/await-ready &`,
    `exec s6-svscan -c ${longRuns.length + SPARE_SERVICES} ${SCAN_DIR}`,
    '',
  ].join('\n');
}

/** Name and command of a start-up step. */
type StartStep = Pick<OneShot, 'name' | 'command'>;

function startStep({ name, command }: StartStep): string {
  return `${command.map(shellWord).join(' ')} || end "the start-up step ${name} failed"`;
}

/** Words that a shell reads as they are, where they are no keyword, which none with a slash is. */
const BARE_WORD = /^[A-Za-z0-9_./:@%+,-]+$/;

function shellWord(word: string, index: number): string {
  assertPlain(word, 'init');
  return BARE_WORD.test(word) && (index > 0 || word.includes('/')) ? word : `'${word}'`;
}

/**
 * The text of an `init` without one of its start-up steps.
 *
 * @throws Error where `init` has no such step
 */
export function withoutStartStep(init: string, step: StartStep): string {
  const line = `\n${startStep(step)}\n`;
  if (!init.includes(line)) {
    throw new Error(`init has no start-up step ${step.name}`);
  }
  return init.replace(line, () => '\n');
}

/** Runs beside the start: a service that never gets ready takes the container with it, and is named. */
function renderAwaitReady(longRuns: readonly LongRun[], { startTimeout }: DistributionOptions): string {
  const names = longRuns.filter(({ readiness }) => readiness).map(({ name }) => name);
  if (names.length === 0) {
    return '#!/bin/sh\nexit 0\n';
  }
  return [
    '#!/bin/sh',
    '# Ends the container when a service is not ready in time.',
    // The variable of s6-overlay: a person has one to know.
    `time=\${S6_CMD_WAIT_FOR_SERVICES_MAXTIME:-${startTimeout * 1000}}`,
    `set -- ${names.join(' ')}`,
    `cd ${SCAN_DIR} || exit`,
    'for service; do',
    '  until s6-svok "$service"; do sleep 0.01; done',
    'done',
    's6-svwait -a -U -t "$time" "$@" 2>/dev/null',
    // 0: they are ready. 1: their supervisors are gone, since the container stops.
    '[ "$?" -gt 1 ] || exit 0',
    'for service; do',
    '  [ "$(s6-svstat -o ready "$service")" != true ] || continue',
    '  echo "s6: $service was not ready within $time ms; the container ends" >&2',
    '  break',
    'done',
    `echo 1 >${EXIT_CODE}`,
    `s6-svscanctl -t ${SCAN_DIR}`,
    '',
  ].join('\n');
}

/** Services stop in the reverse of the order in which they start, each with its own time. */
function renderStop(longRuns: readonly LongRun[], options: DistributionOptions): string {
  const lines = [...longRuns].reverse().map((service): ExeclineLine => {
    const limit = String((service.stopTimeout + 2) * 1000);
    return ['foreground', { block: [['s6-svc', '-wD', '-T', limit, '-d', `${SCAN_DIR}/${service.name}`]] }];
  });
  return renderExecline(options.execlineb, '-P', [...lines, ['s6-svscanctl', '-t', SCAN_DIR]]);
}

function renderScanFinish(): string {
  return `#!/bin/sh\nstatus=0\n[ ! -r ${EXIT_CODE} ] || read -r status <${EXIT_CODE}\nexit "$status"\n`;
}

function serviceDirectory(
  service: LongRun,
  waits: readonly ExeclineLine[],
  options: DistributionOptions,
): ServiceFile[] {
  const files = serviceFiles(service, {
    execlineb: options.execlineb,
    waitFor: waits,
    endContainer: [`echo 1 >${EXIT_CODE}`, `s6-svscanctl -t ${SCAN_DIR}`],
  });
  return files.map((file) => ({ ...file, path: `service/${service.name}/${file.path}` }));
}

/**
 * What a service waits for before its program runs. One-shots are done by then. A service without a readiness check
 * never says that it is ready, and is up while its own script still waits for others: so those are waited for, too.
 */
function waitsFor(service: LongRun, longRuns: readonly LongRun[]): ExeclineLine[] {
  const lines = longRuns
    .filter(({ name }) => service.dependsOn.includes(name))
    .flatMap((other) =>
      other.readiness ? [waitFor('-U', other)] : [...waitsFor(other, longRuns), waitFor('-u', other)],
    );
  return [...new Map(lines.map((line) => [JSON.stringify(line), line])).values()];
}

/** s6-svwait fails while the other service has no supervisor yet, hence the loop. */
function waitFor(state: '-U' | '-u', { name }: LongRun): ExeclineLine {
  return ['if', { block: [['loopwhilex', '-n', 's6-svwait', state, `${SCAN_DIR}/${name}`]] }];
}
