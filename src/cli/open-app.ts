import { dirname, join } from 'node:path';
import { DockerfileGeneratorError } from '../errors';
import { ImageConstruct } from '../image';
import { loadApp } from './load-app';
import { ImageApp } from '../synth/image-app';
import { INPUT_LOCK_FILE, readInputLock } from '../synth/input-lock';

/** Options of an app. */
export interface OpenAppOptions {
  /** Whether lock.json stands before the catalogue. */
  readonly locked: boolean;
}

/**
 * The app of a project: its module with the images, run on the lock beside it.
 *
 * @throws DockerfileGeneratorError CONFIG_LOAD_ERROR when the module throws, or adds no image
 */
export async function openApp(
  file: string,
  outdir: string,
  options: OpenAppOptions = { locked: true },
): Promise<ImageApp> {
  const describeImages = await loadApp(file);
  const lock = options.locked ? readInputLock(join(dirname(file), INPUT_LOCK_FILE)) : undefined;
  const app = new ImageApp({ outdir, lock });
  try {
    await describeImages(app);
  } catch (error) {
    throw error instanceof DockerfileGeneratorError ? error : thrown(file, error);
  }
  if (ImageConstruct.all(app).length === 0) {
    throw new DockerfileGeneratorError('CONFIG_LOAD_ERROR', [
      {
        where: file,
        what: 'it added no image to the app that it was given',
        why: 'everything that was generated before would be removed',
        next: "write in it: new ImageConstruct(app, 'web', { php: ..., platform: ... })",
      },
    ]);
  }
  return app;
}

function thrown(file: string, error: unknown): DockerfileGeneratorError {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : `it threw ${String(error)}`;
  return new DockerfileGeneratorError(
    'CONFIG_LOAD_ERROR',
    [{ where: file, what, next: 'mend the module; its stack is shown with --debug' }],
    { cause: error },
  );
}
