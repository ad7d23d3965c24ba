import { dirname, join } from 'node:path';
import { ImageApp, INPUT_LOCK_FILE, readInputLock } from '../synth';
import { loadApp } from './load-app';

/** The app of a project: its module with the images, run on the lock beside it. */
export async function openApp(file: string, outdir: string): Promise<ImageApp> {
  const describeImages = await loadApp(file);
  const app = new ImageApp({ outdir, lock: readInputLock(join(dirname(file), INPUT_LOCK_FILE)) });
  describeImages(app);
  return app;
}
