import type { RulePack } from '../rule';
import { CONNECTION_LIMITS } from './connection-limits';
import { ENTRY_POINTS } from './entry-points';
import { HIDDEN_FILES } from './hidden-files';
import { LOGS } from './logs';
import { METHODS } from './methods';
import { NO_VERSION } from './no-version';
import { SAFE_TARGETS } from './safe-targets';
import { SECURITY_HEADERS } from './security-headers';
import { SIZES } from './sizes';
import { TIMEOUTS } from './timeouts';
import { TLS } from './tls';
import { UNKNOWN_HOSTS } from './unknown-hosts';
import { UNPRIVILEGED } from './unprivileged';
import { WRITABLE_PLACES } from './writable-places';

/** How nginx serves. */
export const NGINX_RULES: RulePack = {
  name: 'nginx',
  rules: [
    UNPRIVILEGED,
    NO_VERSION,
    UNKNOWN_HOSTS,
    TIMEOUTS,
    SIZES,
    CONNECTION_LIMITS,
    SECURITY_HEADERS,
    HIDDEN_FILES,
    ENTRY_POINTS,
    SAFE_TARGETS,
    METHODS,
    TLS,
    LOGS,
    WRITABLE_PLACES,
  ],
};
