import { dirname } from 'node:path/posix';
import type { ImageConstruct } from './image-construct';
import { imageParts } from './image-part';
import { PATHS } from './paths';

/** A program that a construct of the person's own brought: what the manifest tells of it. */
export interface OwnService {
  readonly name: string;
  readonly kind: 'longrun' | 'oneshot' | 'cron';
  readonly command: string[];
  /** Whether it cannot run without the application's code. */
  readonly usesApplication: boolean;
}

/** The one-shot that checks the settings of the container. */
export const SETTINGS_STEP = 'configure';

/** Services that every image has. */
export const SHIPPED_SERVICES: readonly string[] = [SETTINGS_STEP, 'nginx', 'php-fpm'];

/** Services, start-up steps and cron jobs of an image, but for those that every image has; by kind and name. */
export function ownServices(image: ImageConstruct): OwnService[] {
  const places = [PATHS.application, dirname(image.config.nginx.documentRoot)].map((place) => `${place}/`);
  const all = imageParts(image).flatMap(({ contributions }) => [
    ...contributions.longRuns.map((props) => ({ kind: 'longrun' as const, ...props })),
    ...contributions.oneShots.map((props) => ({ kind: 'oneshot' as const, ...props })),
    ...contributions.cronJobs.map((props) => ({ kind: 'cron' as const, ...props })),
  ]);
  return all
    .filter(({ kind, name }) => kind === 'cron' || !SHIPPED_SERVICES.includes(name))
    .map((found) => ({
      name: found.name,
      kind: found.kind,
      command: [...found.command],
      usesApplication: ('usesApplication' in found ? found.usesApplication : undefined) ?? isOf(found.command, places),
    }))
    .sort((a, b) => (`${a.kind} ${a.name}` < `${b.kind} ${b.name}` ? -1 : 1));
}

function isOf(command: readonly string[], places: readonly string[]): boolean {
  return isRelativeScript(command) || command.some((word) => places.some((place) => word.includes(place)));
}

/** `php artisan migrate`: a path below the directory of the application, in which it runs. */
function isRelativeScript([program = '', script = '-']: readonly string[]): boolean {
  return /(?:^|\/)php$/.test(program) && !/^[-/]/.test(script);
}
