import { flatMap } from '../../config/flat-map';
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

/** Every instruction of a Dockerfile, those before the first stage included. */
export function allInstructions(context: RuleContext): readonly ParsedInstruction[] {
  const { globals, stages } = context.dockerfile();
  return [...globals, ...stages.flatMap(({ from, instructions }) => [from, ...instructions])];
}

/** What `look` says of each instruction of a keyword, in every stage. */
export function findInstructions(
  context: RuleContext,
  keywords: readonly string[],
  look: (instruction: ParsedInstruction) => string | undefined,
): Finding[] {
  const named = allInstructions(context).filter(({ keyword }) => keywords.includes(keyword));
  return flatMap(named, (instruction) => {
    const what = look(instruction);
    return what === undefined ? [] : [stageFinding(context, instruction, what)];
  });
}

/** Value of a flag; undefined where it is not given. The last one counts. */
export function flagOf({ flags }: ParsedInstruction, name: string): string | undefined {
  return flags.filter((flag) => flag.name.toLowerCase() === name).at(-1)?.value;
}

/** Sources and target of a COPY or an ADD. */
export function copied(instruction: ParsedInstruction): {
  readonly sources: readonly string[];
  readonly target: string;
} {
  const words = (instruction.exec ?? instruction.words).map(unquote);
  // What follows is the text of a here-document.
  const named = words[0]?.startsWith('<<') ? words.slice(0, 2) : words;
  return { sources: named.slice(0, -1), target: named.at(-1) ?? '' };
}

/** Text without the quotation marks around it. */
export function unquote(text: string): string {
  return text.replace(/^(["'])(.*)\1$/s, '$2');
}

/** An image that comes from outside: what a stage starts from and no earlier stage made. */
export interface ExternalImage {
  readonly from: ParsedInstruction;
  /** As it is written. */
  readonly reference: string;
}

/** The images that stages start from. */
export function externalImages(context: RuleContext): ExternalImage[] {
  const { stages } = context.dockerfile();
  return stages
    .filter(({ image }, index) => {
      const earlier = stages.slice(0, index).map(({ name }) => name?.toLowerCase());
      return image !== 'scratch' && !earlier.includes(image.toLowerCase());
    })
    .map(({ from, image }) => ({ from, reference: unquote(image) }));
}
