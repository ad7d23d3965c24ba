import { parseAppArmor } from '../../../../src/rules/parse/apparmor';

/** Rules of the only profile. */
function rules(body: string): readonly string[] {
  const [profile, ...others] = parseAppArmor(`profile shop {\n${body}\n}\n`);
  expect(others).toEqual([]);
  return profile!.rules;
}

test.each([
  ['/a r,', ['/a r']],
  ['/a r,/b w,', ['/a r', '/b w']],
  ['  /a\t \n  r ,', ['/a r']],
  ['/a r, # b,\n/c w,', ['/a r', '/c w']],
  ['# /a r,\n\t# /b w,\n/c r,', ['/c r']],
  ['/a r,\t# {\n/b r,', ['/a r', '/b r']],
  ['/a#b r,', ['/a#b r']],
  ['#include <a>\n  include <b>\n#include if exists <c>\n/d r,', ['/d r']],
  ['/a r, # include me\n/b r,', ['/a r', '/b r']],
  ['#included, /a r,\n/b r,', ['/b r']],
  ['/included r,', ['/included r']],
  ['/usr/include/** r,', ['/usr/include/** r']],
  ['abi <abi/4.0>,\n/a r,', ['/a r']],
  ['/abi r,', ['/abi r']],
  ['/a{b,c}d r,', ['/a{b,c}d r']],
  ['/{a,b{c,d},e}/** rw,\n/f r,', ['/{a,b{c,d},e}/** rw', '/f r']],
  ['"/a # b" r,\ncapability,', ['"/a # b" r', 'capability']],
  ['"/a, b" r,\n/c r,', ['"/a, b" r', '/c r']],
  ['"/a {b} (c" r,\n/c r,', ['"/a {b} (c" r', '/c r']],
  ['/a r,# b\n/c r, # "d\n/e r,', ['/a r', '/c r', '/e r']],
  ['# "a, b\n/c r,', ['/c r']],
  ['/{a,b} r,', ['/{a,b} r']],
  ['@{PROC}/{a,b}/mem r,', ['@{PROC}/{a,b}/mem r']],
  ['signal (send, receive) set=(term, kill),\n/a r,', ['signal (send, receive) set=(term, kill)', '/a r']],
  ['mount options=(ro, bind) /a/ -> /{b,c}/,', ['mount options=(ro, bind) /a/ -> /{b,c}/']],
  ['capability,\nnetwork,', ['capability', 'network']],
  [', ,', []],
  ['', []],
])('the rules of %j are told apart', (body, expected) => {
  expect(rules(body)).toEqual(expected);
});

test.each([
  ['profile shop', 'shop', []],
  ['profile "shop" /usr/bin/shop', 'shop', []],
  ['hat shop', 'shop', []],
  ['/usr/bin/shop', '/usr/bin/shop', []],
  ['"/usr/bin/shop"', '/usr/bin/shop', []],
  ['profile shop flags=(complain)', 'shop', ['complain']],
  ['profile shop flags=(attach_disconnected,complain)', 'shop', ['attach_disconnected', 'complain']],
  ['profile shop flags = ( attach_disconnected  complain , )', 'shop', ['attach_disconnected', 'complain']],
  ['profile shop flags=()', 'shop', []],
  ['profile shop xflags=(complain)', 'shop', []],
  ['profile shop /usr/bin/shop flags=(complain)', 'shop', ['complain']],
  ['profile\tshop', 'shop', []],
])('the head %j is of a profile with name and flags', (head, name, flags) => {
  expect(parseAppArmor(`${head} {\n  /a r,\n}\n`)).toEqual([{ name, flags, rules: ['/a r'] }]);
});

test.each([
  ['profile a {/b r,}', ['a: /b r']],
  ['profile a flags=(complain){\n/b r,\n}', ['a complain: /b r']],
  ['profile "my shop"{\n/b r,\n}', ['my shop: /b r']],
  ['profile a "/x y" {\n/b r,\n}', ['a: /b r']],
  ['profile a {\n/b r,}\nprofile c flags=(unconfined) {\ncapability,\n}', ['a: /b r', 'c unconfined: capability']],
  ['profile a {\n/b r,\n}profile c {\n/d r,\n}', ['a: /b r', 'c: /d r']],
  ['profile a {\n/b r,\nhat c flags=(complain){\n/d r,\n}\n}', ['a: /b r', 'c complain: /d r']],
  ['profile a /x{b,c} {\n/d r,\n}', ['a: /d r']],
])('the blocks of %j are those that the parser of AppArmor sees', (text, profiles) => {
  const read = parseAppArmor(text).map(
    ({ name, flags, rules: own }) => `${[name, ...flags].join(' ')}: ${own.join('; ')}`,
  );
  expect(read).toEqual(profiles);
});

test('what stands outside of every profile is no rule', () => {
  expect(parseAppArmor('/a r,\nprofile b {\n  /c r,\n}\n/d r,\nprofile e {\n}\n')).toEqual([
    { name: 'b', flags: [], rules: ['/c r'] },
    { name: 'e', flags: [], rules: [] },
  ]);
  expect(parseAppArmor('# profile a {\nprofile b {\n}\n')).toMatchObject([{ name: 'b' }]);
  expect(parseAppArmor('')).toEqual([]);
  expect(parseAppArmor('@{A}=/b /c\nabi <abi/3.0>,\n')).toEqual([]);
});

test.each([
  ['} {', 'a closing brace without an opening one'],
  ['profile a {\n}\n}\nprofile b {\n', 'a closing brace without an opening one'],
  ['profile a {\n  hat b {\n}\n', 'a block without its closing brace'],
  ['profile a {', 'a block without its closing brace'],
])('refuses %j', (text, message) => {
  expect(() => parseAppArmor(text)).toThrow(message);
});
