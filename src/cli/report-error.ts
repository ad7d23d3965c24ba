import { CommanderError } from 'commander';
import { DockerfileGeneratorError, type Problem } from '../errors';
import { STATUS } from './exit-status';
import { renderProblem } from './render-problem';
import { note, paint } from './terminal';
import { UsageError } from './usage-error';

/** How an error is told. */
export interface ReportOptions {
  /** With stacks and causes. */
  readonly debug: boolean;
  /** As one JSON object, for a program that asked for JSON. */
  readonly json: boolean;
}

/** An error as a person, or a program, is told of it. */
interface Told {
  readonly type: string;
  readonly status: number;
  readonly problems: readonly Problem[];
}

/** Tells of an error on stderr; gives the exit status. */
export function reportError(error: unknown, { debug, json }: ReportOptions): number {
  if (error instanceof CommanderError && error.exitCode === 0) {
    return STATUS.ok;
  }
  const told = tell(error);
  const stack = debug ? stackOf(error) : undefined;
  note(json ? `${JSON.stringify({ error: { ...told, stack } })}\n` : `${asText(told)}${stack ? `\n\n${stack}` : ''}\n`);
  return told.status;
}

function tell(error: unknown): Told {
  if (error instanceof UsageError) {
    return { type: 'USAGE_ERROR', status: STATUS.usage, problems: error.details };
  }
  if (error instanceof DockerfileGeneratorError) {
    return { type: error.type, status: error.exitStatus, problems: error.details };
  }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const problem = {
    where: 'dockerfile-generator',
    what,
    why: 'this was not foreseen: it is an error of this package, not yours',
    next: 'run the command again with --debug and report what it prints',
  };
  return { type: 'INTERNAL_ERROR', status: STATUS.internal, problems: [problem] };
}

function asText({ type, problems }: Told): string {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  const [head, ...rest] = [`${type}: ${count}`, ...problems.map((problem) => renderProblem(problem, 'stderr'))];
  return [paint('red', head!, 'stderr'), ...rest].join('\n\n');
}

/** The stack of the cause, where there is one: that is where a person's own module threw. */
function stackOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause as Error | undefined) : undefined;
  return cause?.stack ?? (error instanceof Error ? error.stack : undefined) ?? String(error);
}
