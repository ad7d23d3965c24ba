import { renderExecline } from '../../../src/model';
import { errorOf } from '../synth/support';

test('a script of execline is written like this', () => {
  const text = renderExecline('/bin/execlineb', '-S0', [
    ['ifelse', { block: [['eltest', { variable: '$#' }, '-gt', '0']] }, { block: [[{ variable: '$@' }]] }],
    [
      'if',
      {
        block: [
          ['foreground', { block: [['echo', 'two words']] }],
          ['exit', '1'],
        ],
      },
    ],
    ['own', '', '{', 'a;b', '#a'],
  ]);
  expect(text).toMatchInlineSnapshot(`
"#!/bin/execlineb -S0
ifelse { eltest $# -gt 0 } { $@ }
if {
  foreground { echo "two words" }
  exit 1
}
own "" "{" "a;b" "#a"
"
`);
});

test.each(['"', '\\', '\n', '$x', '\0', '`'])('the word %j is refused', (word) => {
  expect(errorOf(() => renderExecline('/bin/execlineb', '-P', [['own', word]]))).toMatchObject({
    type: 'TEMPLATE_ERROR',
  });
});

test.each(['$x', '$', '@', '$@ reboot'])('%j is no variable', (variable) => {
  expect(errorOf(() => renderExecline('/bin/execlineb', '-P', [[{ variable }]]))).toMatchObject({
    type: 'TEMPLATE_ERROR',
  });
});

test('the interpreter is named by its place', () => {
  expect(errorOf(() => renderExecline('execlineb -P\n', '-P', []))).toMatchObject({ type: 'TEMPLATE_ERROR' });
});
