import type { RulePack } from '../rule';

/** Where everything comes from. */
export const SUPPLY_CHAIN_RULES: RulePack = {
  name: 'supply-chain',
  rules: [],
};
