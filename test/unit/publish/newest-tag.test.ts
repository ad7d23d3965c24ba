import { newestTag } from '../../../src/publish/newest-tag';

const DEBIAN = ['trixie', 'trixie-slim', 'trixie-20260918', 'trixie-20261110-slim', 'trixie-20260918-slim'];

test.each([
  [
    'trixie-20260918-slim',
    'trixie',
    [...DEBIAN, 'sid-20261201-slim', 'bookworm-20261111-slim'],
    'trixie-20261110-slim',
  ],
  ['noble-20260911', '24.04', ['noble-20260911.1', 'noble-20261001', 'resolute-20261110'], 'noble-20261001'],
  ['3.24.2', '3.24', ['3.24', '3.24.9', '3.24.10', '3.25.0', '3.24.10-rc1', '13.24.11'], '3.24.10'],
  ['3.24.2', '3.24', ['3.24.1'], '3.24.2'],
  ['trixie-20260918-slim', 'trixie', [], 'trixie-20260918-slim'],
  ['of-today', 'trixie', ['of-tomorrow'], 'of-today'],
])('after %s of the release %s comes, of %j, %s', (tag, release, tags, newest) => {
  expect(newestTag(tag, release, tags)).toBe(newest);
});
