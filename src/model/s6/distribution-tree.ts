import { renderExecline, type ExeclineLine } from './execline';
import { startOrder } from './order';
import type { LongRun, OneShot, Service } from './service';
import { script, serviceFiles, type ServiceFile } from './service-files';

/** What the tree has to know of the distribution's s6. */
export interface DistributionPaths {
  /** `/usr/bin/execlineb` */
  readonly execlineb: string;
  /** Where the tree lies in the image: `/etc/s6`. */
  readonly source: string;
}

/** Where the service directories are copied to and scanned: s6 writes into them. */
const SCAN_DIR = '/run/service';

/** Holds the status with which the container ends. */
const EXIT_CODE = '/run/exit-code';

/**
 * The services for plain s6: `init` is the container's first process, which copies the service directories to
 * `/run` and becomes s6-svscan. What a signal does stands in `.s6-svscan`.
 */
export function distributionTree(services: readonly Service[], paths: DistributionPaths): ServiceFile[] {
  const ordered = startOrder(services);
  const longRuns = ordered.filter((service): service is LongRun => service.kind === 'longrun');
  const oneShots = ordered.filter((service): service is OneShot => service.kind === 'oneshot');
  const stop = renderStop(longRuns, paths);
  return [
    script('init', renderInit(oneShots, paths)),
    script('service/.s6-svscan/SIGINT', stop),
    script('service/.s6-svscan/SIGTERM', stop),
    script('service/.s6-svscan/finish', renderScanFinish()),
    script('service/.s6-svscan/probe', renderExecline(paths.execlineb, '-P', [['exit', '0']])),
    ...longRuns.flatMap((service) => serviceDirectory(service, paths)),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function renderInit(oneShots: readonly OneShot[], paths: DistributionPaths): string {
  const lines: ExeclineLine[] = [
    // Arguments are a command to run instead of the servers: docker run IMAGE php artisan migrate
    ['ifelse', { block: [['eltest', { variable: '$#' }, '-gt', '0']] }, { block: [[{ variable: '$@' }]] }],
    orEnd([['rm', '-rf', SCAN_DIR, EXIT_CODE]], '/run is not writable: mount a tmpfs on it'),
    orEnd([['cp', '-R', `${paths.source}/service`, SCAN_DIR]], '/run is not writable: mount a tmpfs on it'),
    orEnd([['env', `${SCAN_DIR}/.s6-svscan/probe`]], '/run is mounted noexec: mount it with the option exec'),
    ...oneShots.map((service) => orEnd([service.command], `the start-up step ${service.name} failed`)),
    ['s6-svscan', SCAN_DIR],
  ];
  return renderExecline(paths.execlineb, '-S0', lines);
}

/** Runs `command`; when it fails the container ends with `message`. */
function orEnd(command: readonly ExeclineLine[], message: string): ExeclineLine {
  const failure: ExeclineLine[] = [
    ['foreground', { block: [['fdmove', '-c', '1', '2', 'echo', `init: ${message}`]] }],
    ['exit', '1'],
  ];
  return ['ifelse', '-n', { block: command }, { block: failure }];
}

/** Services stop in the reverse of the order in which they start, each with its own time. */
function renderStop(longRuns: readonly LongRun[], paths: DistributionPaths): string {
  const lines = [...longRuns].reverse().map((service): ExeclineLine => {
    const limit = String((service.stopTimeout + 2) * 1000);
    return ['foreground', { block: [['s6-svc', '-wD', '-T', limit, '-d', `${SCAN_DIR}/${service.name}`]] }];
  });
  return renderExecline(paths.execlineb, '-P', [...lines, ['s6-svscanctl', '-t', SCAN_DIR]]);
}

function renderScanFinish(): string {
  return `#!/bin/sh\nstatus=0\n[ ! -r ${EXIT_CODE} ] || read -r status <${EXIT_CODE}\nexit "$status"\n`;
}

function serviceDirectory(service: LongRun, paths: DistributionPaths): ServiceFile[] {
  const files = serviceFiles(service, {
    execlineb: paths.execlineb,
    waitFor: service.dependsOn.map((name) => waitFor(name)),
    endContainer: [`echo 1 >${EXIT_CODE}`, `s6-svscanctl -t ${SCAN_DIR}`],
  });
  return files.map((file) => ({ ...file, path: `service/${service.name}/${file.path}` }));
}

/** s6-svwait fails while the other service has no supervisor yet, hence the loop. */
function waitFor(name: string): ExeclineLine {
  return ['if', { block: [['loopwhilex', '-n', 's6-svwait', '-U', `${SCAN_DIR}/${name}`]] }];
}
