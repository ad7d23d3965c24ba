import type { RulePack } from '../rule';
import { CHECKED_DOWNLOADS } from './checked-downloads';
import { CHECKS_ARE_ERRORS } from './checks-are-errors';
import { CLEAR_INSTRUCTIONS } from './clear-instructions';
import { COMPOSER_BY_LOCK } from './composer-by-lock';
import { COPY_TARGETS } from './copy-targets';
import { DECLARED_PORTS } from './declared-ports';
import { EXEC_FORM } from './exec-form';
import { FRESH_INDEX } from './fresh-index';
import { HEALTH_CHECK } from './health-check';
import { LEAN_APK } from './lean-apk';
import { LEAN_APT } from './lean-apt';
import { NO_BLIND_DOWNLOAD } from './no-blind-download';
import { NO_CHANGE_OF_DIRECTORY } from './no-change-of-directory';
import { NO_FLOATING_FRONTEND } from './no-floating-frontend';
import { NO_OTHER_USER } from './no-other-user';
import { NO_SECRET_VARIABLES } from './no-secret-variables';
import { NO_UNSAFE_OPTIONS } from './no-unsafe-options';
import { NO_VOLUME } from './no-volume';
import { NUMERIC_USER } from './numeric-user';
import { ONE_COMMAND } from './one-command';
import { PINNED_PACKAGES } from './pinned-packages';
import { PIPES_FAIL } from './pipes-fail';
import { PLAIN_PORTS } from './plain-ports';
import { ROOT_OWNED } from './root-owned';
import { STAGE_GRAPH } from './stage-graph';
import { STOP_SIGNAL } from './stop-signal';
import { WORKING_DIRECTORY } from './working-directory';

/** How the image is built. */
export const DOCKERFILE_RULES: RulePack = {
  name: 'dockerfile',
  rules: [
    NUMERIC_USER,
    NO_SECRET_VARIABLES,
    CHECKED_DOWNLOADS,
    EXEC_FORM,
    ONE_COMMAND,
    HEALTH_CHECK,
    DECLARED_PORTS,
    PLAIN_PORTS,
    WORKING_DIRECTORY,
    FRESH_INDEX,
    LEAN_APT,
    LEAN_APK,
    PINNED_PACKAGES,
    NO_UNSAFE_OPTIONS,
    NO_OTHER_USER,
    NO_BLIND_DOWNLOAD,
    NO_CHANGE_OF_DIRECTORY,
    PIPES_FAIL,
    STAGE_GRAPH,
    ROOT_OWNED,
    COPY_TARGETS,
    CLEAR_INSTRUCTIONS,
    NO_VOLUME,
    CHECKS_ARE_ERRORS,
    NO_FLOATING_FRONTEND,
    STOP_SIGNAL,
    COMPOSER_BY_LOCK,
  ],
};
