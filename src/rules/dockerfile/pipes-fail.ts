import type { FileRule } from '../rule';
import { runTexts } from './builds';

/** DF-018 */
export const PIPES_FAIL: FileRule = {
  id: 'DF-018',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement: 'A RUN with a pipe fails when any part of the pipe fails',
  why: 'otherwise only the last part counts, and a download that failed is unpacked as an empty file',
  next: 'set SHELL with -o pipefail before it, write set -o pipefail into it, or do without the pipe',
  fix: 'the platform writes no pipe into a RUN',
  sources: ['hadolint DL4006'],
  check: (subject) =>
    subject.eachContext((context) =>
      runTexts(context).flatMap((text) => {
        const pipe = text.invocations.find(({ command }) => command.piped);
        if (!pipe) {
          return [];
        }
        const isSet = text.invocations.some(
          ({ program, args }) =>
            program === 'set' && args.some((word) => /^-[a-z]*o$/.test(word)) && args.includes('pipefail'),
        );
        const shells = text.stage!.instructions.filter(({ keyword }) => keyword === 'SHELL');
        const line = Number(text.finding(undefined, '').file?.split(':')[1]);
        const shell = shells.filter((instruction) => instruction.line < line).at(-1);
        return isSet || shell?.exec?.includes('pipefail')
          ? []
          : [text.finding(pipe.command, `RUN pipes ${pipe.program} without pipefail`)];
      }),
    ),
};
