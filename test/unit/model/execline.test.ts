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

test('a block of one plain line stays on it; any other has a line each', () => {
  const text = renderExecline('/bin/execlineb', '-P', [
    ['if', { block: [['true', { variable: '${x}' }, 'y']] }],
    ['if', { block: [['if', { block: [['true']] }, 'y']] }],
    ['if', { block: [] }],
    ['if', { block: [['a'], ['b']] }],
  ]);
  expect(text).toMatchInlineSnapshot(`
   "#!/bin/execlineb -P
   if { true \${x} y }
   if {
     if { true } y
   }
   if {

   }
   if {
     a
     b
   }
   "
  `);
});

test.each(['x/bin/execlineb', '/bin/execlineb -x', '/bin/\n'])('the interpreter %j is refused', (interpreter) => {
  expect(errorOf(() => renderExecline(interpreter, '-P', [])).details[0]).toMatchObject({ where: 'execline' });
});

test.each(['x${y}', '${}', '${y}z', '${-}', '$@x'])('the variable %j is refused by its place', (variable) => {
  expect(errorOf(() => renderExecline('/bin/e', '-P', [[{ variable }]])).details[0]).toMatchObject({
    where: 'execline',
  });
  expect(renderExecline('/bin/e', '-P', [[{ variable: '${long_Name1}' }]])).toContain('${long_Name1}');
});

test('a word that is refused is told by its place', () => {
  expect(errorOf(() => renderExecline('/bin/e', '-P', [['\0']])).details[0]).toMatchObject({ where: 'execline' });
});
