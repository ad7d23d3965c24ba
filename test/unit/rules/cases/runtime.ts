import type { BreakingCase } from '../support';

export const RUNTIME_CASES: readonly BreakingCase[] = [];
