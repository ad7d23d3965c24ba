import { isDead } from '../../../src/synth/is-dead';

describe('whether a process is dead', () => {
  it.each<[string, number, boolean]>([
    ['this one is not', process.pid, false],
    ['the first one, which is another user’s most often, is not', 1, false],
    ['one with a number that Linux gives to none is', 99_999_999, true],
    ['one with a number that is none is not: nobody knows whose it was', Number.NaN, false],
  ])('%s', (_, pid, expected) => {
    expect(isDead(pid)).toBe(expected);
  });
});
