import type { BreakingCase } from '../support';

export const SUPPLY_CHAIN_CASES: readonly BreakingCase[] = [];
