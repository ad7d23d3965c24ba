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

test.each([
  { count: 59, times: 1 },
  { count: 118, times: 1 },
  { count: 120, times: 2 },
])('GIVEN a text and $count others since, THEN it is read $times time(s)', ({ count, times }) => {
  const { read, asked } = reader();
  readOnce(read, 'a');
  others(count).forEach((text) => readOnce(read, text));
  readOnce(read, 'a');

  expect(asked.filter((text) => text === 'a')).toHaveLength(times);
});

test('GIVEN a text of one image, THEN it is read once for it, by each reader', () => {
  const [one, two, image] = [reader(), reader(), {}];

  expect(readOwn(image, one.read, 'a')).toBe(readOwn(image, one.read, 'a'));
  expect(readOwn(image, two.read, 'a')).not.toBe(readOwn(image, one.read, 'a'));
  readOwn(image, one.read, 'b');
  expect([one.asked, two.asked]).toEqual([['a', 'b'], ['a']]);
});

test('GIVEN the same text of two images, THEN it is read for each', () => {
  const { read } = reader();

  expect(readOwn({}, read, 'a')).not.toBe(readOwn({}, read, 'a'));
});

test('GIVEN a text that is asked for again and again, THEN it is kept, whatever else is read', () => {
  const { read, asked } = reader();
  others(1_000).forEach((text) => {
    readOnce(read, 'a');
    readOnce(read, text);
  });

  expect(asked.filter((text) => text === 'a')).toHaveLength(1);
});

test.each([
  ['all images', () => readOnce(reader().read, 'a b')],
  ['one image', () => readOwn({}, reader().read, 'a b')],
])('GIVEN what was read of %s for whoever asks, THEN it is frozen, through and through', (_, readText) => {
  const { words } = readText();

  expect(() => (words as string[]).push('c')).toThrow(TypeError);
});

describe('what a rule of this package reads', () => {
  test('is not frozen, and is given to no other', () => {
    const { read, asked } = reader();
    const own = lookAsOwn(() => readOnce(read, 'a b'), {}, new Map());

    expect(Object.isFrozen(own.words)).toBe(false);
    expect(readOnce(read, 'a b')).not.toBe(own);
    expect(lookAsOwn(() => readOnce(read, 'a b'), {}, new Map())).toBe(own);
    expect(asked).toEqual(['a b', 'a b']);
  });

  test('of one image is not frozen either, and is given to no other', () => {
    const [{ read }, image] = [reader(), {}];
    const own = lookAsOwn(() => readOwn(image, read, 'a b'), image, new Map());

    expect(Object.isFrozen(own.words)).toBe(false);
    expect(readOwn(image, read, 'a b')).not.toBe(own);
    expect(lookAsOwn(() => readOwn(image, read, 'a b'), image, new Map())).toBe(own);
  });

  test('of a text that is of its image alone is forgotten with the image', () => {
    const [{ read, asked }, image, texts] = [reader(), {}, new Map([['a', 0]])];
    const readIn = (owner: object): Read => lookAsOwn(() => readOnce(read, 'a'), owner, texts);

    expect(readIn(image)).toBe(readIn(image));
    expect(readIn({})).not.toBe(readIn(image));
    expect(asked).toEqual(['a', 'a']);
  });

  test('ends with it, also where it throws', () => {
    const failing = (): never => {
      throw new Error('could not look');
    };

    expect(() => lookAsOwn(failing, {}, new Map())).toThrow('could not look');
    expect(Object.isFrozen(readOnce(reader().read, 'a').words)).toBe(true);
  });
});
