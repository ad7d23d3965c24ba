import { formatProblem, type Problem } from '../errors';
import { paint, terminalWidth, type Stream } from './terminal';
import { hang } from './wrap';

/** A problem as lines: where, what, why, what to do; on a terminal no wider than it. */
export function renderProblem(problem: Problem, stream: Stream): string {
  const [where = '', ...lines] = formatProblem(problem).split('\n');
  const rest = lines.map((line) => {
    const [, head = '', text = ''] = /^((?: {2}(?:why: |do: {2})?)?)(.*)$/.exec(line)!;
    return hang(head, text, terminalWidth(stream));
  });
  return [paint('bold', where, stream), ...rest].join('\n');
}
