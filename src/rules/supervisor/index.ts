import type { RulePack } from '../rule';
import { BOUNDED_RESTARTS } from './bounded-restarts';
import { BOUNDED_STOP } from './bounded-stop';
import { COMPLETE_ORDER } from './complete-order';
import { NO_ENVIRONMENT_DUMP } from './no-environment-dump';
import { NO_USER_CHANGE } from './no-user-change';
import { OVERLAY_SETTINGS } from './overlay-settings';
import { OWN_CONFIGURATION } from './own-configuration';
import { S6_IS_FIRST } from './s6-is-first';
import { VISIBLE_TREE } from './visible-tree';

/** How s6 starts, watches and stops the services. */
export const SUPERVISOR_RULES: RulePack = {
  name: 'supervisor',
  rules: [
    S6_IS_FIRST,
    OVERLAY_SETTINGS,
    NO_USER_CHANGE,
    BOUNDED_RESTARTS,
    COMPLETE_ORDER,
    NO_ENVIRONMENT_DUMP,
    BOUNDED_STOP,
    VISIBLE_TREE,
    OWN_CONFIGURATION,
  ],
};
