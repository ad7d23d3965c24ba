import { lookAsOwn, readOnce, readOwn } from '../../../src/rules/parsed-texts';

interface Read {
  readonly text: string;
  readonly words: readonly string[];
}

/** A reader of its own for each test, and the texts that it was asked to read. */
function reader(): { readonly read: (text: string) => Read; readonly asked: string[] } {
  const asked: string[] = [];
  const read = (text: string): Read => {
    asked.push(text);
    return { text, words: text.split(' ') };
  };
  return { read, asked };
}

function others(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `other ${index}`);
}

test('GIVEN a text that was read, THEN what was read is given again', () => {
  const { read, asked } = reader();

  expect(readOnce(read, 'a b')).toBe(readOnce(read, 'a b'));
  expect(asked).toEqual(['a b']);
});

test('GIVEN two readers, THEN each reads for itself', () => {
  const [one, two] = [reader(), reader()];

  expect(readOnce(one.read, 'a')).not.toBe(readOnce(two.read, 'a'));
  expect([...one.asked, ...two.asked]).toEqual(['a', 'a']);
});

const KINDS = { 'of all images': readOnce, 'of one image': readOwn };

test.each([
  { kind: 'of all images', count: 59, times: 1 },
  { kind: 'of all images', count: 118, times: 1 },
  { kind: 'of all images', count: 120, times: 2 },
  { kind: 'of one image', count: 5, times: 1 },
  { kind: 'of one image', count: 10, times: 1 },
  { kind: 'of one image', count: 12, times: 2 },
] as const)('GIVEN a text $kind and $count others since, THEN it is read $times time(s)', ({ kind, count, times }) => {
  const { read, asked } = reader();
  KINDS[kind](read, 'a');
  others(count).forEach((text) => KINDS[kind](read, text));
  KINDS[kind](read, 'a');

  expect(asked.filter((text) => text === 'a')).toHaveLength(times);
});

test('GIVEN a text that is asked for again and again, THEN it is kept, whatever else is read', () => {
  const { read, asked } = reader();
  others(1_000).forEach((text) => {
    readOnce(read, 'a');
    readOnce(read, text);
  });

  expect(asked.filter((text) => text === 'a')).toHaveLength(1);
});

test('GIVEN what was read for whoever asks, THEN it is frozen, through and through', () => {
  const { words } = readOnce(reader().read, 'a b');

  expect(() => (words as string[]).push('c')).toThrow(TypeError);
});

describe('what a rule of this package reads', () => {
  test('is not frozen, and is given to no other', () => {
    const { read, asked } = reader();
    const own = lookAsOwn(() => readOnce(read, 'a b'));

    expect(Object.isFrozen(own.words)).toBe(false);
    expect(readOnce(read, 'a b')).not.toBe(own);
    expect(lookAsOwn(() => readOnce(read, 'a b'))).toBe(own);
    expect(asked).toEqual(['a b', 'a b']);
  });

  test('ends with it, also where it throws', () => {
    const failing = (): never => {
      throw new Error('could not look');
    };

    expect(() => lookAsOwn(failing)).toThrow('could not look');
    expect(Object.isFrozen(readOnce(reader().read, 'a').words)).toBe(true);
  });
});
