import type { RulePack } from '../rule';
import { NO_VERSION } from './no-version';

/** How nginx serves. */
export const NGINX_RULES: RulePack = {
  name: 'nginx',
  rules: [NO_VERSION],
};
