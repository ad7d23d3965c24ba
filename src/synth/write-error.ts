import { DockerfileGeneratorError } from '../errors';

/** Code of an error of the system: `ENOENT`; undefined for any other. */
export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

const REMEDIES: Readonly<Record<string, string>> = {
  EACCES: 'make it writable for you, or choose another output directory',
  EDQUOT: 'free some of your quota and synthesize again',
  EEXIST: 'name a directory with --output, or move that file away',
  EISDIR: 'move that directory away',
  ENOSPC: 'free some space and synthesize again',
  ENOTDIR: 'move the file that stands where a directory belongs away',
  EPERM: 'make it writable for you, or choose another output directory',
  EROFS: 'choose an output directory on a file system that is writable',
};

/** An error of the file system as one of ours that names the place; any other error as it is. */
export function writeError(place: string, error: unknown): unknown {
  const code = codeOf(error);
  if (error instanceof DockerfileGeneratorError || code === undefined) {
    return error;
  }
  return new DockerfileGeneratorError(
    'FILE_WRITE_ERROR',
    [{ where: place, what: (error as Error).message, next: REMEDIES[code] ?? 'mend this and synthesize again' }],
    { cause: error },
  );
}

/** Something stands where it must not. */
export function obstacle(place: string, what: string): DockerfileGeneratorError {
  return new DockerfileGeneratorError('FILE_WRITE_ERROR', [
    {
      where: place,
      what,
      why: 'nothing is written through a link, and nothing that is not ours is replaced',
      next: 'move it away and synthesize again',
    },
  ]);
}
