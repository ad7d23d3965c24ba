import type { RulePack } from '../rule';

/** How s6 keeps the services. */
export const SUPERVISOR_RULES: RulePack = {
  name: 'supervisor',
  rules: [],
};
