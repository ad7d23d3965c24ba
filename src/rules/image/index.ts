import type { RulePack } from '../rule';
import { CLOSED_CONTEXT } from './closed-context';
import { END_OF_LIFE_DATES } from './end-of-life-dates';
import { KNOWN_REPOSITORY } from './known-repository';
import { LABELS } from './labels';
import { NAMED_TAG } from './named-tag';
import { NEUTRAL_BASE_NAME } from './neutral-base-name';
import { NO_SECRETS_IN_CONTEXT } from './no-secrets-in-context';
import { NO_SETUID } from './no-setuid';
import { NO_TOOLS } from './no-tools';
import { PINNED_BASE } from './pinned-base';
import { SERVICE_ACCOUNT } from './service-account';
import { SUPPORTED_ARCHITECTURES } from './supported-architectures';

/** What an image is made from and what is in it. */
export const IMAGE_RULES: RulePack = {
  name: 'image',
  rules: [
    PINNED_BASE,
    NAMED_TAG,
    KNOWN_REPOSITORY,
    END_OF_LIFE_DATES,
    NEUTRAL_BASE_NAME,
    SUPPORTED_ARCHITECTURES,
    NO_TOOLS,
    NO_SETUID,
    SERVICE_ACCOUNT,
    LABELS,
    NO_SECRETS_IN_CONTEXT,
    CLOSED_CONTEXT,
  ],
};
