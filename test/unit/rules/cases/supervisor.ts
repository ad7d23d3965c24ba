import type { BreakingCase } from '../support';

export const SUPERVISOR_CASES: readonly BreakingCase[] = [];
