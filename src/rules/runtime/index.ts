import type { RulePack } from '../rule';

/** How a container is started. */
export const RUNTIME_RULES: RulePack = {
  name: 'runtime',
  rules: [],
};
