import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { inLittleMemory } from '../../../src/cli/little-memory';

interface Nursery {
  readonly images: number;
  readonly largest: number;
  readonly late: number;
}

/** Megabytes of half of V8's nursery while so many images are made, in a process of their own. */
function nurseryOf(images: number): Nursery {
  const child = join(__dirname, 'nursery-child.ts');
  return JSON.parse(
    execFileSync(process.execPath, ['--import', 'tsx', child, String(images)], { encoding: 'utf8' }),
  ) as Nursery;
}

test('GIVEN a fleet, THEN the nursery of V8 is large while the heap is small, and small when it has grown', () => {
  const { images, largest, late } = nurseryOf(5_000);

  expect(images).toBe(5_000);
  expect(largest).toBeLessThanOrEqual(16);
  expect(late).toBeLessThanOrEqual(8);
});

test('GIVEN fewer images, THEN the nursery is left as V8 lets it grow', () => {
  const { late } = nurseryOf(1_000);

  expect(late).toBeGreaterThan(8);
});

test('GIVEN whatever is done, THEN what it gives or throws comes through', () => {
  expect(inLittleMemory(500, () => 'done')).toBe('done');
  expect(() =>
    inLittleMemory(500, () => {
      throw new Error('a full disk');
    }),
  ).toThrow('a full disk');
});
