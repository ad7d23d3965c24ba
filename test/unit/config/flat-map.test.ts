import fc from 'fast-check';
import { flatMap } from '../../../src/config/flat-map';

test('items are mapped to any number of others, in their order, as the method of a list does it', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.oneof(fc.integer(), fc.constant(undefined)))), (lists) => {
      const each = (list: readonly unknown[], index: number): readonly unknown[] => [index, ...list, list];
      expect(flatMap(lists, each)).toEqual(lists.flatMap(each));
    }),
  );
});

test('what is mapped to nothing leaves nothing', () => {
  expect(flatMap([1, 2, 3], () => [])).toEqual([]);
});
