import type { ImageFacts } from '../../../../src/rules/image-facts';
import type { Written } from '../written';

/** Something that a person wrote, and what a rule says of it: the end of each finding's place, and what it says. */
export type Row = readonly [
  story: string,
  rule: string,
  written: Written,
  says: readonly string[],
  facts?: Partial<ImageFacts>,
];

/** Something that a rule has nothing against. */
export type SoundRow = readonly [story: string, rule: string, written: Written, facts?: Partial<ImageFacts>];

/** A context with a script of the build. */
export function script(text: string): Written {
  return { Dockerfile: 'FROM scratch\nEXPOSE 8080\n', 'scripts/own.sh': `${text}\n` };
}
