/**
 * Makes garbage for so many images (argv[2]), and says how large half of V8's nursery was while they were made, and while
 * the last eighth of them was.
 */
import { writeSync } from 'node:fs';
import { getHeapSpaceStatistics } from 'node:v8';
import { inLittleMemory } from '../../../src/cli/little-memory';
import { imageIsDone } from '../../../src/synth/after-each-image';

/** Of one image: much for a nursery, and little for a heap. */
const GARBAGE = 400;

const images = Number(process.argv[2]);

function half(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')!.space_size / 2 / 1024 / 1024;
}

const kept: object[] = [];
const sizes = inLittleMemory(images, () =>
  Array.from({ length: images }, (_, image) => {
    for (let index = 0; index < GARBAGE; index++) {
      // Some of it lives on for a while: a nursery in which nothing lives is not let grow.
      kept[index % 300_000] = { image, index, text: [index, image, String(index)] };
      kept[(image * GARBAGE + index) % 300_000] = kept[index % 300_000]!;
    }
    imageIsDone();
    return half();
  }),
);
const late = Math.max(...sizes.slice(-images / 8));
writeSync(1, JSON.stringify({ images: sizes.length, largest: Math.max(...sizes), late }));
