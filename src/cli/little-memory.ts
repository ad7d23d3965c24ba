import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEachImage } from '../synth/after-each-image';

/** Images from which on a synthesis leaves much garbage, and those from which on its nursery is worth a look. */
const MANY = 200;
const FLEET = 4_000;

/**
 * Bytes of one half of V8's nursery: the larger it is, the fewer objects live on for having been looked at while their
 * image was made. Of 16 MB and not of 8 a fleet takes a twentieth less time; 16 MB more are there as long as the heap has
 * not grown.
 */
const NURSERY = 16 * 1024 * 1024;
const LATE_NURSERY = 8 * 1024 * 1024;

/** The part of the images after which the heap has grown: with either nursery the peak is much the same then. */
const LATE = 2 / 5;

/**
 * Lets memory grow by a part before it is collected, and not to twice its size; of a fleet the nursery is kept at a size too
 * (docs/decisions/0050). Only while many images are rendered: V8 keeps compiled code for the flags that it was compiled
 * under.
 *
 * @param images how many there are
 */
export function inLittleMemory<T>(images: number, work: () => T): T {
  if (images < MANY) {
    return work();
  }
  setFlagsFromString('--heap-growing-percent=15');
  if (images >= FLEET) {
    collect();
    afterEachImage(tending(images));
  }
  try {
    return work();
  } finally {
    afterEachImage(undefined);
    setFlagsFromString('--semi-space-growth-factor=2');
    setFlagsFromString('--no-optimize-for-size');
    setFlagsFromString('--heap-growing-percent=0');
  }
}

/** Collects the whole heap: when V8 does next would else be what it thought right before. */
function collect(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  setFlagsFromString('--no-expose-gc');
}

/** What is done after each image. After the last one what rendering left gives its room to the reports, which need it. */
function tending(images: number): () => void {
  let done = 0;
  return () => {
    done += 1;
    tendNursery(done < images * LATE ? NURSERY : done < images ? LATE_NURSERY : 0);
    if (done === images) {
      collect();
    }
  };
}

/**
 * V8 takes the size of its nursery when it starts, and no other later. But it gives one back, when it next collects the
 * whole heap, where it optimizes for size; and it grows by a factor, which may be one. The start of a thread sets that
 * back, for all threads.
 */
function tendNursery(wanted: number): void {
  const size = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')!.space_size / 2;
  setFlagsFromString(size > wanted ? '--optimize-for-size' : '--no-optimize-for-size');
  setFlagsFromString(`--semi-space-growth-factor=${size < wanted ? 2 : 1}`);
}
