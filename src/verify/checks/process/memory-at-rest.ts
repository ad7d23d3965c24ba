import { skip, verdict, type Check } from '../../check';

/** KiB. */
const BOUND = 192 * 1024;

export const memoryAtRest: Check = {
  id: 'process/memory-at-rest',
  expectation: 'all processes together take less than 192 MiB at rest (sum of PSS)',
  async run(subject) {
    const sizes = (await (await subject.server()).processes()).map(({ pss }) => pss);
    const readable = sizes.filter((size) => size !== undefined);
    if (readable.length < sizes.length) {
      return skip('the memory of the processes may not be read here: run as root, or as the user of the image');
    }
    const total = readable.reduce((sum, size) => sum + size, 0);
    return verdict(total < BOUND, `${(total / 1024).toFixed(1)} MiB in ${sizes.length} processes`);
  },
};
