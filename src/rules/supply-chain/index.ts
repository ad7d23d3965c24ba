import type { RulePack } from '../rule';
import { LOCKED_INPUTS } from './locked-inputs';
import { NO_CHANCE } from './no-chance';

/** Where everything comes from. */
export const SUPPLY_CHAIN_RULES: RulePack = {
  name: 'supply-chain',
  rules: [LOCKED_INPUTS, NO_CHANCE],
};
