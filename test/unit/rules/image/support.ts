import type { Written } from '../written';

/** Something that a person wrote, and parts of what a rule says of it, one for each finding. */
export type Row = readonly [story: string, written: Written, says: readonly string[]];

/** Something that a rule has nothing against. */
export type SoundRow = readonly [story: string, written: Written];
