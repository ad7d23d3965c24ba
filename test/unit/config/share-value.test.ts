import { shareText, shareValue } from '../../../src/config';

test('a value that is asked for now and then stays the same object, however many others come between', () => {
  const first = shareValue({ name: 'asked for' });
  for (let number = 0; number < 20_000; number++) {
    shareValue({ number });
    if (number % 1_000 === 0) {
      expect(shareValue({ name: 'asked for' })).toBe(first);
    }
  }
});

test('a value is frozen through and through', () => {
  const { inner } = shareValue({ inner: [{ name: 'x' }] });
  expect(() => (inner[0]!.name = 'y')).toThrow(TypeError);
});

test('a text is the same, also one with half a character', () => {
  expect(['', 'docker run \\', 'half \ud83d'].map(shareText)).toEqual(['', 'docker run \\', 'half \ud83d']);
});
