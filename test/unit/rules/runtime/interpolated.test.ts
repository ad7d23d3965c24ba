import { interpolated } from '../../../../src/rules/runtime/interpolated';

test.each([
  ['/srv/shop', '/srv/shop'],
  ['$DATA/etc', '/etc'],
  ['${DATA}/etc', '/etc'],
  ['${DATA:-/srv}/x', '/srv/x'],
  ['${DATA-/srv}', '/srv'],
  ['${DATA:-${MORE:-/etc}}/x', '/etc/x'],
  ['${DATA:-$MORE/etc}', '/etc'],
  ['${DATA:+/srv}/etc', '/etc'],
  ['${DATA:?where it is}/x', './x'],
  ['${DATA?}', '.'],
  ['$HOME/.ssh', '~/.ssh'],
  ['${HOME}', '~'],
  ['${HOME:-/srv}', '/srv'],
  ['${HOME:+/etc}', '/etc'],
  ['${HOME?}', '~'],
  ['${PWD}/data', './data'],
  ['$$HOME and $${HOME}', '$HOME and ${HOME}'],
  ['a $ alone, and at the end $', 'a $ alone, and at the end $'],
  ['${OPEN', ''],
])('%s reads as %s where nobody sets a variable', (text, read) => {
  expect(interpolated(text)).toBe(read);
});
