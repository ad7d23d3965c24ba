import type { RulePack } from '../rule';

/** What an image is made from and what is in it. */
export const IMAGE_RULES: RulePack = {
  name: 'image',
  rules: [],
};
