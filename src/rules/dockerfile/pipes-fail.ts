import { flatMap } from '../../config/flat-map';
import type { ParsedInstruction, ParsedStage } from '../parse/dockerfile';
import type { FileRule } from '../rule';
import type { RuleContext } from '../rule-subject';
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
      flatMap(runTexts(context), (text) => {
        const pipe = text.invocations.find(({ command }) => command.piped);
        if (!pipe) {
          return [];
        }
        const isSet = text.invocations.some(
          ({ program, args }) =>
            program === 'set' && args.some((word) => /^-[a-z]*o$/.test(word)) && args.includes('pipefail'),
        );
        const line = Number(text.finding(undefined, '').file?.split(':')[1]);
        return isSet || shellBefore(context, text.stage!, line)?.exec?.includes('pipefail')
          ? []
          : [text.finding(pipe.command, `RUN pipes ${pipe.program} without pipefail`)];
      }),
    ),
};

/** The SHELL of a RUN: the last one before it, or that of the stage which its own was made from. */
function shellBefore(context: RuleContext, stage: ParsedStage, line: number): ParsedInstruction | undefined {
  const own = stage.instructions.filter((instruction) => instruction.keyword === 'SHELL' && instruction.line < line);
  const { stages } = context.dockerfile();
  const earlier = stages.slice(0, stages.indexOf(stage));
  const from = earlier.find(({ name }) => name?.toLowerCase() === stage.image.toLowerCase());
  return own.at(-1) ?? (from && shellBefore(context, from, line));
}
