import { withoutStartStep } from '../model';
import type { BindMount } from './engine';
import type { MountedFiles } from './mounted-files';
import type { VerifiedImage } from './verified-image';

type Service = NonNullable<VerifiedImage['services']>[number];

/** The first process of an image with the s6 of its distribution. */
export const INIT = '/etc/s6/init';

/** In the place of a program that needs the application: it is up, and ready, and does nothing. */
const IDLE = `#!/bin/sh
[ ! -e notification-fd ] || echo >&3
exec php -n -r 'sleep(86400);'
`;

/**
 * What a verification does not run, since its own application stands in the place of the image's: programs that need
 * that one, and the scheduler, whose jobs write to the log at their own times.
 */
export function setAside({ services = [] }: VerifiedImage): Service[] {
  const own = services.filter(({ kind, usesApplication }) => kind !== 'cron' && usesApplication);
  const jobs = services.filter(({ kind }) => kind === 'cron');
  return jobs.length === 0
    ? own
    : [...own, { name: 'cron', kind: 'longrun', command: jobs[0]!.command, usesApplication: true }];
}

/** Lays something that does nothing over each program that is set aside. `init` is the text of that file. */
export function standIns(image: VerifiedImage, init: string, files: MountedFiles): BindMount[] {
  const aside = setAside(image);
  const steps = aside.filter(({ kind }) => kind === 'oneshot');
  const programs = aside.filter(({ kind }) => kind === 'longrun');
  if (image.supervisor === 'overlay') {
    const place = (name: string): string => `/etc/s6-overlay/s6-rc.d/${name}`;
    return [
      ...programs.map(({ name }) => files.add(`${place(name)}/run`, IDLE, true)),
      ...steps.map(({ name }) => files.add(`${place(name)}/up`, 'exit 0\n')),
    ];
  }
  return [
    ...programs.map(({ name }) => files.add(`/etc/s6/service/${name}/run`, IDLE, true)),
    ...(steps.length === 0 ? [] : [files.add(INIT, steps.reduce(withoutStartStep, init), true)]),
  ];
}
