import { formatProblem, type Problem } from '../errors';
import { terminalWidth, type Stream } from './terminal';
import { hang } from './wrap';

/** A problem as lines: where, what, why, what to do; on a terminal no wider than it. */
export function renderProblem(problem: Problem, stream: Stream): string {
  return formatProblem(problem)
    .split('\n')
    .map((line) => {
      const [, head = '', text = ''] = /^((?: {2}(?:why: |do: {2})?)?)(.*)$/.exec(line)!;
      return hang(head, text, terminalWidth(stream));
    })
    .join('\n');
}
