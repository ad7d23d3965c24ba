import { readFileSync } from 'node:fs';
import { STATUS } from './exit-status';
import { note } from './terminal';

/** The password on standard input: asked for, and not shown, where that is a terminal. */
export async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) {
    return readFileSync(0, 'utf8').replace(/\r?\n$/, '');
  }
  note('password: ');
  process.stdin.setRawMode(true);
  try {
    return await typedLine();
  } finally {
    process.stdin.setRawMode(false);
    process.stdin.pause();
    note('\n');
  }
}

/** What is typed until Enter or Ctrl-D; Ctrl-C ends the command. */
async function typedLine(): Promise<string> {
  let typed = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin as AsyncIterable<string>) {
    for (const character of chunk) {
      if (['\r', '\n', '\u0004'].includes(character)) {
        return typed;
      }
      if (character === '\u0003') {
        process.stdin.setRawMode(false);
        note('\n');
        process.exit(STATUS.interrupted);
      }
      typed = ['\u007f', '\b'].includes(character) ? typed.slice(0, -1) : `${typed}${character}`;
    }
  }
  return typed;
}
