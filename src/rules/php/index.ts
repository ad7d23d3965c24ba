import type { RulePack } from '../rule';
import { NO_CODE_FROM_NETWORK } from './no-code-from-network';

/** How PHP and PHP-FPM run. */
export const PHP_RULES: RulePack = {
  name: 'php',
  rules: [NO_CODE_FROM_NETWORK],
};
