import type { RulePack } from '../rule';
import { APPARMOR } from './apparmor';
import { HOST_PATHS } from './host-paths';
import { LIMITS } from './limits';
import { NO_CAPABILITIES } from './no-capabilities';
import { NO_NEW_PRIVILEGES } from './no-new-privileges';
import { OWN_NAMESPACES } from './own-namespaces';
import { OWN_USER } from './own-user';
import { PUBLISHED_PORTS } from './published-ports';
import { READ_ONLY_ROOT } from './read-only-root';
import { RESTART } from './restart';
import { SECCOMP } from './seccomp';
import { SECRETS_AS_FILES } from './secrets-as-files';
import { TMPFS_OPTIONS } from './tmpfs-options';

/** How a container is run. */
export const RUNTIME_RULES: RulePack = {
  name: 'runtime',
  rules: [
    NO_CAPABILITIES,
    OWN_NAMESPACES,
    NO_NEW_PRIVILEGES,
    READ_ONLY_ROOT,
    TMPFS_OPTIONS,
    SECCOMP,
    APPARMOR,
    HOST_PATHS,
    LIMITS,
    RESTART,
    PUBLISHED_PORTS,
    SECRETS_AS_FILES,
    OWN_USER,
  ],
};
