import type { CheckPack } from './check';
import { noSecrets } from './checks/config/no-secrets';
import { ports } from './checks/config/ports';
import { user } from './checks/config/user';
import { fileCapabilities } from './checks/files/file-capabilities';
import { leftOver } from './checks/files/left-over';
import { ownership } from './checks/files/ownership';
import { healthCheck } from './checks/health/health-check';
import { detours } from './checks/http/detours';
import { certificates } from './checks/libraries/certificates';
import { badSetting } from './checks/lifecycle/bad-setting';
import { agreement } from './checks/limits/agreement';
import { bodySize } from './checks/limits/body-size';
import { errorLog } from './checks/logs/error-log';
import { capabilities } from './checks/process/capabilities';
import { collation } from './checks/libraries/collation';
import { crashLoop } from './checks/lifecycle/crash-loop';
import { errorsSayNothing } from './checks/http/errors-say-nothing';
import { extensions } from './checks/php/extensions';
import { forwardedFor } from './checks/http/forwarded-for';
import { frontController } from './checks/http/front-controller';
import { gracefulStop } from './checks/lifecycle/graceful-stop';
import { headerSize } from './checks/limits/header-size';
import { hiddenFiles } from './checks/http/hidden-files';
import { iconv } from './checks/libraries/iconv';
import { identity } from './checks/process/identity';
import { leftBehind } from './checks/http/left-behind';
import { memoryAtRest } from './checks/process/memory-at-rest';
import { nameService } from './checks/libraries/name-service';
import { nginxKilled } from './checks/lifecycle/nginx-killed';
import { nginxWorkerKilled } from './checks/lifecycle/nginx-worker-killed';
import { noNewPrivileges } from './checks/process/no-new-privileges';
import { noVersions } from './checks/http/no-versions';
import { oneOffCommand } from './checks/lifecycle/one-off-command';
import { opcache } from './checks/php/opcache';
import { otherPhp } from './checks/http/other-php';
import { otherUser } from './checks/lifecycle/other-user';
import { packageDatabase } from './checks/files/package-database';
import { phpFpmKilled } from './checks/lifecycle/php-fpm-killed';
import { phpFpmWorkerKilled } from './checks/lifecycle/php-fpm-worker-killed';
import { ping } from './checks/health/ping';
import { pingNotLogged } from './checks/health/ping-not-logged';
import { proxyHeader } from './checks/http/proxy-header';
import { readOnlyRoot } from './checks/process/read-only-root';
import { refusesWhileStopping } from './checks/lifecycle/refuses-while-stopping';
import { requests } from './checks/logs/requests';
import { seccomp } from './checks/process/seccomp';
import { securityHeaders } from './checks/http/security-headers';
import { services } from './checks/libraries/services';
import { sessions } from './checks/php/sessions';
import { settings } from './checks/php/settings';
import { settingsAtStart } from './checks/lifecycle/settings-at-start';
import { settingsFixed } from './checks/php/settings-fixed';
import { setuid } from './checks/files/setuid';
import { staticFiles } from './checks/http/static-files';
import { statusPages } from './checks/health/status-pages';
import { supervision } from './checks/process/supervision';
import { timeToReady } from './checks/health/time-to-ready';
import { timeZones } from './checks/libraries/time-zones';
import { unknownHosts } from './checks/http/unknown-hosts';
import { unwantedPrograms } from './checks/files/unwanted-programs';
import { version } from './checks/php/version';
import { withoutPhp } from './checks/http/without-php';
import { worldWritable } from './checks/files/world-writable';
import { writablePaths } from './checks/process/writable-paths';

/** How it says that it serves. */
export const HEALTH_PACK: CheckPack = {
  group: 'health',
  checks: [timeToReady, healthCheck, ping, pingNotLogged, statusPages],
};

/** What it answers, and what it refuses. */
export const HTTP_PACK: CheckPack = {
  group: 'http',
  checks: [
    frontController,
    staticFiles,
    otherPhp,
    hiddenFiles,
    leftBehind,
    detours,
    securityHeaders,
    withoutPhp,
    noVersions,
    errorsSayNothing,
    forwardedFor,
    proxyHeader,
    unknownHosts,
  ],
};

/** How much it takes. */
export const LIMITS_PACK: CheckPack = { group: 'limits', checks: [bodySize, headerSize, agreement] };

/** What it writes down. */
export const LOGS_PACK: CheckPack = { group: 'logs', checks: [requests, errorLog] };

/** What PHP is told. */
export const PHP_PACK: CheckPack = {
  group: 'php',
  checks: [version, extensions, settings, settingsFixed, opcache, sessions],
};

/** What flat images forget. */
export const LIBRARIES_PACK: CheckPack = {
  group: 'libraries',
  checks: [certificates, collation, iconv, nameService, services, timeZones],
};

/** As whom it runs, and what that user may do. */
export const PROCESS_PACK: CheckPack = {
  group: 'process',
  checks: [identity, capabilities, noNewPrivileges, seccomp, supervision, readOnlyRoot, writablePaths, memoryAtRest],
};

/** What the image says of itself. */
export const CONFIG_PACK: CheckPack = { group: 'config', checks: [user, ports, noSecrets] };

/** What is in it, read without running it. */
export const FILES_PACK: CheckPack = {
  group: 'files',
  checks: [setuid, fileCapabilities, worldWritable, ownership, unwantedPrograms, leftOver, packageDatabase],
};

/** How it starts, is repaired and stops. Last: these disturb the server. */
export const LIFECYCLE_PACK: CheckPack = {
  group: 'lifecycle',
  checks: [
    gracefulStop,
    refusesWhileStopping,
    nginxKilled,
    nginxWorkerKilled,
    phpFpmKilled,
    phpFpmWorkerKilled,
    crashLoop,
    otherUser,
    oneOffCommand,
    settingsAtStart,
    badSetting,
  ],
};

/** Every check, in the order in which they run. Add your own pack behind them. */
export const CHECK_PACKS: readonly CheckPack[] = [
  HEALTH_PACK,
  HTTP_PACK,
  LIMITS_PACK,
  LOGS_PACK,
  PHP_PACK,
  LIBRARIES_PACK,
  PROCESS_PACK,
  CONFIG_PACK,
  FILES_PACK,
  LIFECYCLE_PACK,
];
