import * as fc from 'fast-check';
import { byCodePoint, byPath, byVersion, own } from '../../../src/catalog/order';

test('versions are compared number by number', () => {
  expect(['8.10', '8.9', '7.4', '8.9.1', '8'].sort(byVersion)).toEqual(['7.4', '8', '8.9', '8.9.1', '8.10']);
});

test('the order of text does not depend on a locale', () => {
  expect(['b', 'ä', 'a', 'B', '_'].sort(byCodePoint)).toEqual(['B', '_', 'a', 'b', 'ä']);
});

test('files are compared by their paths', () => {
  const files = ['b/a', 'a', 'B', 'a/b'].map((path) => ({ path }));
  expect(files.sort(byPath).map(({ path }) => path)).toEqual(['B', 'a', 'a/b', 'b/a']);
});

test('both orders turn round when the sides are changed', () => {
  const version = fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'));
  fc.assert(
    fc.property(
      version,
      version,
      (a, b) => Math.sign(byVersion(a, b)) === -Math.sign(byVersion(b, a)) || byVersion(a, b) === 0,
    ),
  );
  fc.assert(fc.property(fc.string(), fc.string(), (a, b) => byCodePoint(a, b) === -byCodePoint(b, a) || a === b));
});

test('only what a record itself has is found in it', () => {
  expect(own({ a: 1 }, 'a')).toBe(1);
  expect(own({ a: 1 }, 'toString')).toBeUndefined();
});
