import type { BreakingCase } from '../support';

export const IMAGE_CASES: readonly BreakingCase[] = [];
