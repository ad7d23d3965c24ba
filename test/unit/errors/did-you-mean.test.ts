import { didYouMean } from '../../../src/errors';

const PLATFORMS = ['alpine', 'debian', 'ubuntu'];

test.each([
  ['debain', '"debian"'],
  ['Alpine', '"alpine"'],
  ['ubunut', '"ubuntu"'],
])('%s is near to a name, which is suggested', (name, suggestion) => {
  expect(didYouMean(name, PLATFORMS)).toBe(suggestion);
});

test.each(['', 'windows', '__proto__', 'constructor'])('%j is near to none, so that all are told', (name) => {
  expect(didYouMean(name, PLATFORMS)).toBe('one of: alpine, debian, ubuntu');
});
