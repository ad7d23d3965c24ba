import { workerData } from 'node:worker_threads';
import { ImageSlots } from './image-slots';
import { StagedDirectory } from './staged-directory';

/** What the thread is started with. */
export interface EarlyThreadData {
  readonly memory: SharedArrayBuffer;
  /** Directory that the images' directories are put together in. */
  readonly staging: string;
}

const { memory, staging } = workerData as EarlyThreadData;
const slots = new ImageSlots(memory);
for (const { name, files } of slots.images()) {
  if (slots.isVain) {
    continue;
  }
  try {
    StagedDirectory.write(`${staging}/${name}`, name, files);
  } catch {
    // Whoever rendered the image writes it again, and tells what is wrong.
    slots.giveUp();
  }
}
