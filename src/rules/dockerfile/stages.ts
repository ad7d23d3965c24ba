import type { ParsedInstruction, ParsedStage } from '../parse/dockerfile';
import type { Finding } from '../rule';
import type { RuleContext } from '../rule-subject';

/** The stage that becomes the image; throws where there is none. */
export function lastStage(context: RuleContext): ParsedStage {
  const stage = context.dockerfile().stages.at(-1);
  if (!stage) {
    throw new Error(`${context.pathOf('Dockerfile')} has no FROM`);
  }
  return stage;
}

/** A finding at an instruction of the Dockerfile. */
export function stageFinding(context: RuleContext, instruction: ParsedInstruction, what: string): Finding {
  return { file: `${context.pathOf('Dockerfile')}:${instruction.line}`, what };
}
