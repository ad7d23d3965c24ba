import { renderExecline } from './execline';
import { startOrder } from './order';
import type { Service } from './service';
import { serviceFiles, text, type ServiceDialect, type ServiceFile } from './service-files';

/** Where s6-overlay keeps its programs. */
const EXECLINEB = '/command/execlineb';

/** s6-overlay's own bundle: everything of ours starts after it. */
const BASE = 'base';

const DIALECT: ServiceDialect = {
  execlineb: EXECLINEB,
  waitFor: [],
  endContainer: ['echo 1 >/run/s6-linux-init-container-results/exitcode', '/run/s6/basedir/bin/halt'],
};

/**
 * The services as s6-overlay (from 3.2.3.1) reads them, below `/etc/s6-overlay`: sources for s6-rc, and the bundle
 * `user`, which is what a container starts.
 *
 * @param directory where one-shots run: s6-rc itself runs them in a directory of its own
 */
export function overlayTree(services: readonly Service[], directory: string): ServiceFile[] {
  const ordered = startOrder(services);
  const oneShots = ordered.filter(({ kind }) => kind === 'oneshot').map(({ name }) => name);
  return ordered
    .flatMap((service) => [
      ...definition(service, oneShots, directory),
      text(`user-bundles.d/user/contents.d/${service.name}`, ''),
    ])
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function definition(service: Service, oneShots: readonly string[], directory: string): ServiceFile[] {
  // One after another, as the other rendering runs them; s6-rc would run them at the same time.
  const before = service.kind === 'longrun' ? oneShots : oneShots.slice(0, oneShots.indexOf(service.name));
  const dependencies = [...before, ...service.dependsOn];
  const files = [
    text('type', service.kind),
    ...[BASE, ...new Set(dependencies)].map((name) => text(`dependencies.d/${name}`, '')),
    ...(service.kind === 'longrun' ? serviceFiles(service, DIALECT) : [oneShotUp(directory, service.command)]),
  ];
  return files.map((file) => ({ ...file, path: `s6-rc.d/${service.name}/${file.path}` }));
}

/** `up` is one execline command line, read by s6-rc-compile, not a script. */
function oneShotUp(directory: string, command: readonly string[]): ServiceFile {
  const [, line] = renderExecline(EXECLINEB, '-P', [['cd', directory, ...command]]).split('\n');
  return text('up', line!);
}
