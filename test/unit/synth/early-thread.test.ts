import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import threads from 'node:worker_threads';
import { contents, removeTemporaryDirectories, temporaryDirectory } from './support';
import { ImageSlots } from '../../../src/synth/image-slots';
import type { OutputFile } from '../../../src/synth/render-image';

const THREADS = threads as { workerData: unknown };

function filesOf(name: string): OutputFile[] {
  return [{ path: `${name}/README.md`, content: `# ${name}\n`, executable: false }];
}

describe('the thread that writes images', () => {
  const before = THREADS.workerData;

  afterEach(() => {
    THREADS.workerData = before;
    removeTemporaryDirectories();
  });

  // What it does it does when it is loaded, here as in a thread of its own.
  it('writes those that come, until one cannot be written, and takes what waits then without writing it', async () => {
    // GIVEN a file where the directory of the second one belongs
    const staging = temporaryDirectory();
    writeFileSync(join(staging, 'blog'), 'mine');
    const slots = new ImageSlots(undefined, 100);
    ['shop', 'blog', 'late'].forEach((name) => slots.put(name, filesOf(name)));
    slots.end();
    // WHEN
    THREADS.workerData = { memory: slots.memory, staging };
    await import('../../../src/synth/early-thread');
    // THEN
    expect(contents(staging)).toEqual({ 'shop/README.md': '# shop\n', blog: 'mine' });
    expect(readdirSync(staging)).toEqual(['blog', 'shop']);
    expect(slots.isVain).toBe(true);
    expect(slots.put('more', [])).toBe(false);
  });
});
