import type { RulePack } from '../rule';
import { NUMERIC_USER } from './numeric-user';

/** How the image is built. */
export const DOCKERFILE_RULES: RulePack = {
  name: 'dockerfile',
  rules: [NUMERIC_USER],
};
