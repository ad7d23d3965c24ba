import { withOtherProgram, withoutStartStep } from '../model';
import type { BindMount } from './engine';
import type { MountedFiles } from './mounted-files';
import type { VerifiedImage } from './verified-image';

type Service = NonNullable<VerifiedImage['services']>[number];

/** The first process of an image with the s6 of its distribution. */
const INIT = '/etc/s6/init';

/** Command line of what stands in for a program that needs the application: it does nothing. */
export function standIn(name: string): readonly string[] {
  return ['php', '-n', '-r', 'sleep(86400);', name];
}

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

/**
 * Lays something that does nothing over each program that is set aside. What its service does before the program, such
 * as waiting for others, is still done. `textOf` gives the text of a file of the image.
 */
export async function standIns(
  image: VerifiedImage,
  textOf: (path: string) => Promise<string>,
  files: MountedFiles,
): Promise<BindMount[]> {
  const aside = setAside(image);
  const steps = aside.filter(({ kind }) => kind === 'oneshot');
  const programs = aside.filter(({ kind }) => kind === 'longrun');
  const overlay = image.supervisor === 'overlay';
  const idle = programs.map(async ({ name }) => {
    const path = `${overlay ? '/etc/s6-overlay/s6-rc.d' : '/etc/s6/service'}/${name}/run`;
    const run = await textOf(path);
    if (run === '') {
      throw new Error(`${path} is not in the image`);
    }
    return files.add(path, withOtherProgram(run, standIn(name)), true);
  });
  if (overlay) {
    return [
      ...(await Promise.all(idle)),
      ...steps.map(({ name }) => files.add(`/etc/s6-overlay/s6-rc.d/${name}/up`, 'exit 0\n')),
    ];
  }
  const init = async (): Promise<BindMount> =>
    files.add(INIT, steps.reduce(withoutStartStep, await textOf(INIT)), true);
  return [...(await Promise.all(idle)), ...(steps.length === 0 ? [] : [await init()])];
}
