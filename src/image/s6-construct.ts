import type { Construct } from 'constructs';
import type { ImageConfig } from '../config';
import { distributionTree, overlayTree, type ContextFile, type Service, type ServiceFile } from '../model';
import { toServices } from './contributions';
import { ImageConstruct } from './image-construct';
import { ImagePart, imageParts } from './image-part';
import { SETTINGS_STEP, SHIPPED_SERVICES } from './own-services';
import { PATHS } from './paths';

/** Where the distribution's s6 finds its service directories in the image. */
const DISTRIBUTION_ROOT = '/etc/s6';

/** Where s6-overlay finds its own. */
const OVERLAY_ROOT = '/etc/s6-overlay';

/**
 * s6, process 1: starts, watches and stops the services of every construct in the image.
 *
 * One description of services has two renderings: for s6-overlay, and for plain s6 of the distribution.
 */
export class S6Construct extends ImagePart {
  private readonly image: ImageConstruct;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.image = ImageConstruct.of(this);
    const { s6 } = this.image.config;
    if (s6.source === 'distribution' && !this.image.target.release.s6) {
      this.addProblem({
        what: `${this.image.platform.name} ${this.image.target.release.name} does not package s6`,
        next: "set s6.source to 'overlay'",
      });
    }
    if (s6.source === 'overlay') {
      this.addOverlayEnvironment(s6);
    }
  }

  /** First process of the container. */
  get entrypoint(): readonly string[] {
    return this.image.config.s6.source === 'overlay' ? ['/init'] : [`${DISTRIBUTION_ROOT}/init`];
  }

  /** Directories of s6's programs, for PATH. */
  get binDirs(): readonly string[] {
    return this.image.config.s6.source === 'overlay' ? ['/command'] : (this.image.target.release.s6?.binDirs ?? []);
  }

  /** Every service of the image. */
  get services(): Service[] {
    const { s6 } = this.image.config;
    const contributed = imageParts(this.image).flatMap((part) => toServices(part.contributions, s6));
    return [...contributed.map(ownService), ...this.image.cron.services];
  }

  override renderFiles(): readonly ContextFile[] {
    if (this.image.config.s6.source === 'overlay') {
      return overlayTree(this.services, PATHS.application).map((file) => contextFile(file, OVERLAY_ROOT));
    }
    const execlineb = `${this.binDirs[0]}/execlineb`;
    const { startTimeout } = this.image.config.s6;
    const options = { execlineb, source: DISTRIBUTION_ROOT, startTimeout };
    return distributionTree(this.services, options).map((file) => contextFile(file, DISTRIBUTION_ROOT));
  }

  /** Measured: without these a container that never gets ready stays up, services see no environment, a stop is slow. */
  private addOverlayEnvironment({ startTimeout, stopTimeout }: ImageConfig['s6']): void {
    this.addEnvironment('S6_BEHAVIOUR_IF_STAGE2_FAILS', '2');
    this.addEnvironment('S6_CMD_WAIT_FOR_SERVICES_MAXTIME', String(startTimeout * 1000));
    this.addEnvironment('S6_KEEP_ENV', '1');
    this.addEnvironment('S6_KILL_GRACETIME', '100');
    this.addEnvironment('S6_READ_ONLY_ROOT', '1');
    this.addEnvironment('S6_SERVICES_GRACETIME', String((stopTimeout + 2) * 1000));
    this.addEnvironment('S6_VERBOSITY', '1');
  }
}

/**
 * A service as every construct but our own means it: a program runs in the directory of the application, and a wrong
 * setting ends the start before a step of the application, such as a migration, has done something.
 */
function ownService(service: Service): Service {
  if (SHIPPED_SERVICES.includes(service.name)) {
    return service;
  }
  return service.kind === 'longrun'
    ? { ...service, directory: PATHS.application }
    : { ...service, dependsOn: [SETTINGS_STEP, ...service.dependsOn] };
}

function contextFile(file: ServiceFile, root: string): ContextFile {
  return {
    path: `s6-overlay/${file.path}`,
    content: file.content,
    executable: file.executable,
    target: `${root}/${file.path}`,
  };
}
