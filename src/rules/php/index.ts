import type { RulePack } from '../rule';
import { END_OF_LIFE } from './end-of-life';
import { EXACT_SCRIPTS } from './exact-scripts';
import { KNOWN_SETTINGS } from './known-settings';
import { LASTING_WORKERS } from './lasting-workers';
import { LOCAL_SOCKET } from './local-socket';
import { NO_CODE_FROM_NETWORK } from './no-code-from-network';
import { NO_PROGRAMS } from './no-programs';
import { PRODUCTION_ENGINE } from './production-engine';
import { QUIET_ERRORS } from './quiet-errors';
import { RESOURCE_LIMITS } from './resource-limits';
import { SESSIONS } from './sessions';
import { SNUFFLEUPAGUS } from './snuffleupagus';

/** How PHP and PHP-FPM run. */
export const PHP_RULES: RulePack = {
  name: 'php',
  rules: [
    QUIET_ERRORS,
    NO_CODE_FROM_NETWORK,
    NO_PROGRAMS,
    SESSIONS,
    RESOURCE_LIMITS,
    EXACT_SCRIPTS,
    LOCAL_SOCKET,
    LASTING_WORKERS,
    KNOWN_SETTINGS,
    PRODUCTION_ENGINE,
    END_OF_LIFE,
    SNUFFLEUPAGUS,
  ],
};
