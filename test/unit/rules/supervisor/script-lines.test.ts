import { interpreterOf, scriptLines } from '../../../../src/rules/supervisor/script-lines';

describe('a script of s6', () => {
  it('is read without comments and quotes, and with what quotes hold', () => {
    const text = `#!/bin/sh
# sudo in a comment
echo "a # b" 'c d' # sudo
sh -c "env >/run/x" \\
  more
if [ "$#" -gt 1 ]; then x;fi
`;
    expect(scriptLines(text)).toEqual([
      { words: ['echo', 'a', '#', 'b', 'c', 'd'], line: 3 },
      { words: ['sh', '-c', 'env', '>', '/run/x', 'more'], line: 4 },
      { words: ['if', '[', '$#', '-gt', '1', ']', ';', 'then', 'x', ';', 'fi'], line: 5 },
    ]);
  });

  it.each([
    ['#!/command/execlineb -P\n', '/command/execlineb -P'],
    ['#! /bin/sh\n', '/bin/sh'],
    ['echo\n', undefined],
    ['', undefined],
  ])('names its interpreter: %j', (text, interpreter) => {
    expect(interpreterOf(text)).toBe(interpreter);
  });
});
