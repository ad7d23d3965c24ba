import { parseNginx, walkNginx, type NginxDirective } from '../../../../src/rules/parse/nginx';

/** Words of the only directive of a text. */
function words(text: string): string[] {
  const [directive, ...others] = parseNginx(text);
  expect(others).toEqual([]);
  expect(directive).not.toHaveProperty('children');
  return [directive!.name, ...directive!.args];
}

/** Directives of any depth, with their lines: `2: a b`. */
function lines(text: string): string[] {
  return [...walkNginx(parseNginx(text))].map(({ directive: { line, name, args } }) =>
    [`${line}:`, name, ...args].join(' '),
  );
}

/** Directives in brackets: `http[server[listen 80]]`. */
function tree(directives: readonly NginxDirective[]): string {
  return directives
    .map(({ name, args, children }) => [name, ...args].join(' ') + (children ? `[${tree(children)}]` : ''))
    .join(', ');
}

describe('a directive', () => {
  test.each([
    ['has words', 'a b c;', ['a', 'b', 'c']],
    ['has a name alone', 'a;', ['a']],
    ['is parted by any blank', '\r\n\ta \t b\r\n  c\n;\n', ['a', 'b', 'c']],
    ['is not parted by other blanks', 'a b\u00a0c\u2003d\fe\vf;', ['a', 'b\u00a0c\u2003d\fe\vf']],
    ['has words in quotes', `a "b c" 'd e';`, ['a', 'b c', 'd e']],
    ['has empty words in quotes', `a "" '';`, ['a', '', '']],
    ['has other quotes within quotes', `a "it's" 'say "b"';`, ['a', `it's`, 'say "b"']],
    ['has a name in quotes', '"a" b;', ['a', 'b']],
    ['has what ends a word within quotes', `a "b;{}#c" 'd;{}#\ne';`, ['a', 'b;{}#c', 'd;{}#\ne']],
    ['has quotes within a word', `a b"c'd;`, ['a', `b"c'd`]],
    ['has a number sign within a word', 'a b#c;', ['a', 'b#c']],
    ['has a closing brace within a word', 'a b}c x}d;', ['a', 'b}c', 'x}d']],
    ['has variables in braces', 'a ${b}c d${e}/${f};', ['a', '${b}c', 'd${e}/${f}']],
    ['has a brace doubled behind a dollar sign', 'a ${{b};', ['a', '${{b}']],
    ['has a dollar sign at the end of a word', 'a b$ ^c$;', ['a', 'b$', '^c$']],
    ['has a semicolon right behind a variable', 'a $b;', ['a', '$b']],
    ['has what ends a word behind a backslash', 'a b\\ c\\;d\\{e;', ['a', 'b\\ c\\;d\\{e']],
    ['has a word that begins with a backslash', 'a \\;b;', ['a', '\\;b']],
    ['has a backslash before a dollar sign', 'a b\\$;', ['a', 'b\\$']],
    ['has quotes behind backslashes within quotes', `a "b\\"c" 'd\\'e';`, ['a', 'b"c', `d'e`]],
    ['has a backslash behind a backslash', 'a "b\\\\" c\\\\ d;', ['a', 'b\\', 'c\\', 'd']],
    ['has white space by its letters', 'a "b\\tc\\rd\\ne" f\\tg;', ['a', 'b\tc\rd\ne', 'f\tg']],
    ['keeps other backslashes', 'a "b\\.c\\d" ~ \\.php$;', ['a', 'b\\.c\\d', '~', '\\.php$']],
    ['has a parenthesis right behind a quote', 'if ("$a" = "b");', ['if', '("$a"', '=', 'b', ')']],
    ['ends right behind a quote', `a "b";`, ['a', 'b']],
    ['has a comment between its words', 'a # b; "\n  c;', ['a', 'c']],
  ])('%s', (_, text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  test.each([
    ['a;b;', 'a, b'],
    ['a { b; c { d; } } e;', 'a[b, c[d]], e'],
    ['a{b;c{d;}}e;', 'a[b, c[d]], e'],
    ['a {} b {}', 'a[], b[]'],
    ['a b c { d; }', 'a b c[d]'],
    ['a "b"{ c; }', 'a b[c]'],
    ['a $b { c; }', 'a $b[c]'],
    ['a \\${ b; }', 'a \\$[b]'],
    ['a $\\{b { c; }', 'a $\\{b[c]'],
    ['a ${b}{ c; }', 'a ${b}[c]'],
    ['a "{" ";" "}" { b; }', 'a { ; }[b]'],
    ['"{" {}', '{[]'],
    ['a { "}" b; ";" c; }', 'a[} b, ; c]'],
    ['a $}{ b; }', 'a $}[b]'],
    ['# a {\nb;', 'b'],
    ['a; # } it\'s "', 'a'],
    ['a;#', 'a'],
    ['', ''],
    [' \n\t\r\n', ''],
    ['# a', ''],
  ])('stands beside others and in blocks: %j', (text, expected) => {
    expect(tree(parseNginx(text))).toBe(expected);
  });

  test.each([
    ['in lines one after another', 'a;\nb;\n\n\n  c;', ['1: a', '2: b', '5: c']],
    ['in one line', 'a; b;\nc; d;', ['1: a', '1: b', '2: c', '2: d']],
    ['over several lines', '\na\n  b\n  c;\nd;', ['2: a b c', '5: d']],
    ['in blocks', 'a\n{\n  b {\n    c;\n  }\n}\nd;', ['1: a', '3: b', '4: c', '7: d']],
    ['behind comments', '# a\n# b\nc; # d\n#\ne;', ['3: c', '5: e']],
    ['behind quotes of several lines', `a "b\n\nc";\nd 'e\nf' g;\nh;`, ['1: a b\n\nc', '4: d e\nf g', '6: h']],
    ['behind a line break with a backslash', 'a b\\\nc;\nd;', ['1: a b\\\nc', '3: d']],
    ['with line ends of Windows', 'a;\r\nb {\r\n  c;\r\n}\r\n', ['1: a', '2: b', '3: c']],
  ])('tells its line %s', (_, text, expected) => {
    expect(lines(text)).toEqual(expected);
  });
});

test.each([
  ['a closing brace without an opening one', 'a;\n}\n', 'line 2: a closing brace'],
  ['a closing brace too many', 'a {\n}\n}\n# b', 'line 3: a closing brace'],
  ['a block that is not closed', 'a {\n  b;\n', 'line 2: a block without its closing brace'],
  ['a block that is not closed within one that is', 'a {\n  b {\n}\n\n', 'line 3: a block without its closing brace'],
  ['a block that is opened at the end', 'a;\nb {', 'line 2: a block without its closing brace'],
  ['a directive without a semicolon at the end', 'a;\nb\n\n', 'line 2: a directive without its end'],
  ['a directive without a semicolon in a block', 'a {\n  b\n}\n', 'line 3: a directive without its end'],
  ['a semicolon alone', 'a;\n;\n', 'line 2: a directive without its end'],
  ['a semicolon after a block', 'a {\n};\n', 'line 2: a directive without its end'],
  ['a semicolon within a block alone', 'a {\n  ;\n}', 'line 2: a directive without its end'],
  ['a block without a name', 'a;\n\n{ b; }', 'line 3: a directive without its end'],
  ['a quote without its pair', 'a;\nb "c;\nd;\n', 'line 2: a quotation mark without its pair'],
  ['a single quote without its pair', `a 'b";\n`, 'line 1: a quotation mark without its pair'],
  ['a quote whose pair has a backslash', 'a "b\\";\n', 'line 1: a quotation mark without its pair'],
  ['a quote at the very end', 'a "', 'line 1: a quotation mark without its pair'],
  ['a backslash at the very end of a quote', 'a "\\', 'line 1: a quotation mark without its pair'],
  ['a letter right behind a quote', '\na "b"c;', 'line 2: c right after a quotation mark'],
  ['a quote right behind a quote', `a "b"'c';`, `line 1: ' right after a quotation mark`],
  ['a closing brace right behind a quote', 'a { b "c"}', 'line 1: } right after a quotation mark'],
  ['a comment right behind a quote', 'a "b"# c', 'line 1: # right after a quotation mark'],
  ['another blank right behind a quote', 'a "b"\u00a0;', 'line 1: \u00a0 right after a quotation mark'],
  ['a quote as the last word', 'a "b"', 'line 1: a directive without its end'],
  ['a word that goes on at the very end', 'a b\\', 'line 1: a directive without its end'],
])('refuses %s', (_, text, message) => {
  expect(() => parseNginx(text)).toThrow(message);
});

test('a walk comes to every directive with the blocks around it, from the outermost', () => {
  const found = [...walkNginx(parseNginx('a { b c { d; } e; } f;'))];
  expect(found.map(({ directive, around }) => [directive.name, ...around.map(({ name }) => name)])).toEqual([
    ['a'],
    ['b', 'a'],
    ['d', 'a', 'b'],
    ['e', 'a'],
    ['f'],
  ]);
  expect(found[1]!.around[0]).toBe(found[0]!.directive);
});
