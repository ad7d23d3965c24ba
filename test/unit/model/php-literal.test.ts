import { renderPhpReturn, type PhpValue } from '../../../src/model';
import { plainFile } from '../../../src/model/context';

test('a PHP file returns any value', () => {
  const value = {
    text: "it's a \\ b",
    numbers: [1, -2.5],
    nothing: null,
    flags: [true, false],
    none: [],
    jobs: [{ name: 'a', at: { hour: 1 } }, { name: 'b' }],
    nested: [['x'], 'y'],
    "k'": {} as Record<string, never>,
  };
  expect(renderPhpReturn('What it is', value as PhpValue)).toMatchInlineSnapshot(`
   "<?php
   // What it is
   return [
       'text' => 'it\\'s a \\\\ b',
       'numbers' => [1, -2.5],
       'nothing' => null,
       'flags' => [true, false],
       'none' => [],
       'jobs' => [
           [
               'name' => 'a',
               'at' => [
                   'hour' => 1,
               ],
           ],
           [
               'name' => 'b',
           ],
       ],
       'nested' => [
           ['x'],
           'y',
       ],
       'k\\'' => [
       ],
   ];
   "
  `);
  expect(renderPhpReturn('x', 'y')).toBe("<?php\n// x\nreturn 'y';\n");
});

test('a plain file has its place in the context and in the image, and is not run', () => {
  expect(plainFile('config/a', '/etc/a', 'x')).toEqual({
    path: 'config/a',
    target: '/etc/a',
    content: 'x',
    executable: false,
  });
});
