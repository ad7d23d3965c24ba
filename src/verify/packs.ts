import type { CheckPack } from './check';
import { noSecrets } from './checks/config/no-secrets';
import { ports } from './checks/config/ports';
import { user } from './checks/config/user';
import { fileCapabilities } from './checks/files/file-capabilities';
import { leftOver } from './checks/files/left-over';
import { ownership } from './checks/files/ownership';
import { packageDatabase } from './checks/files/package-database';
import { setuid } from './checks/files/setuid';
import { unwantedPrograms } from './checks/files/unwanted-programs';
import { worldWritable } from './checks/files/world-writable';
import { healthCheck } from './checks/health/health-check';
import { healthClient } from './checks/health/health-client';
import { ping } from './checks/health/ping';
import { pingNotLogged } from './checks/health/ping-not-logged';
import { statusPages } from './checks/health/status-pages';
import { timeToReady } from './checks/health/time-to-ready';
import { detours } from './checks/http/detours';
import { errorsSayNothing } from './checks/http/errors-say-nothing';
import { forwardedFor } from './checks/http/forwarded-for';
import { frontController } from './checks/http/front-controller';
import { hiddenFiles } from './checks/http/hidden-files';
import { ipv6 } from './checks/http/ipv6';
import { leftBehind } from './checks/http/left-behind';
import { noVersions } from './checks/http/no-versions';
import { otherPhp } from './checks/http/other-php';
import { proxyHeader } from './checks/http/proxy-header';
import { securityHeaders } from './checks/http/security-headers';
import { staticFiles } from './checks/http/static-files';
import { traversal } from './checks/http/traversal';
import { unknownHosts } from './checks/http/unknown-hosts';
import { withoutPhp } from './checks/http/without-php';
import { certificates } from './checks/libraries/certificates';
import { collation } from './checks/libraries/collation';
import { iconv } from './checks/libraries/iconv';
import { nameService } from './checks/libraries/name-service';
import { services } from './checks/libraries/services';
import { timeZones } from './checks/libraries/time-zones';
import { badSetting } from './checks/lifecycle/bad-setting';
import { crashLoop } from './checks/lifecycle/crash-loop';
import { gracefulStop } from './checks/lifecycle/graceful-stop';
import { nginxKilled } from './checks/lifecycle/nginx-killed';
import { nginxWorkerKilled } from './checks/lifecycle/nginx-worker-killed';
import { oneOffCommand } from './checks/lifecycle/one-off-command';
import { otherUser } from './checks/lifecycle/other-user';
import { phpFpmKilled } from './checks/lifecycle/php-fpm-killed';
import { phpFpmWorkerKilled } from './checks/lifecycle/php-fpm-worker-killed';
import { refusesWhileStopping } from './checks/lifecycle/refuses-while-stopping';
import { settingsAtStart } from './checks/lifecycle/settings-at-start';
import { agreement } from './checks/limits/agreement';
import { bodySize } from './checks/limits/body-size';
import { headerSize } from './checks/limits/header-size';
import { errorLog } from './checks/logs/error-log';
import { requests } from './checks/logs/requests';
import { extensions } from './checks/php/extensions';
import { opcache } from './checks/php/opcache';
import { otherExtensions } from './checks/php/other-extensions';
import { sessions } from './checks/php/sessions';
import { settings } from './checks/php/settings';
import { settingsFixed } from './checks/php/settings-fixed';
import { version } from './checks/php/version';
import { capabilities } from './checks/process/capabilities';
import { identity } from './checks/process/identity';
import { memoryAtRest } from './checks/process/memory-at-rest';
import { noNewPrivileges } from './checks/process/no-new-privileges';
import { readOnlyRoot } from './checks/process/read-only-root';
import { seccomp } from './checks/process/seccomp';
import { programsSetAside } from './checks/process/set-aside';
import { supervision } from './checks/process/supervision';
import { writablePaths } from './checks/process/writable-paths';
import { http2 } from './checks/tls/http2';
import { redirect } from './checks/tls/redirect';
import { tlsVersions } from './checks/tls/versions';

/** How it says that it serves. */
export const HEALTH_PACK: CheckPack = {
  group: 'health',
  checks: [timeToReady, healthCheck, healthClient, ping, pingNotLogged, statusPages],
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
    traversal,
    securityHeaders,
    withoutPhp,
    noVersions,
    errorsSayNothing,
    forwardedFor,
    proxyHeader,
    unknownHosts,
    ipv6,
  ],
};

/** How it speaks TLS, where it does. */
export const TLS_PACK: CheckPack = { group: 'tls', checks: [redirect, tlsVersions, http2] };

/** How much it takes. */
export const LIMITS_PACK: CheckPack = { group: 'limits', checks: [bodySize, headerSize, agreement] };

/** What it writes down. */
export const LOGS_PACK: CheckPack = { group: 'logs', checks: [requests, errorLog] };

/** What PHP is told. */
export const PHP_PACK: CheckPack = {
  group: 'php',
  checks: [version, extensions, otherExtensions, settings, settingsFixed, opcache, sessions],
};

/** What flat images forget. */
export const LIBRARIES_PACK: CheckPack = {
  group: 'libraries',
  checks: [certificates, collation, iconv, nameService, services, timeZones],
};

/** As whom it runs, and what that user may do. */
export const PROCESS_PACK: CheckPack = {
  group: 'process',
  checks: [
    identity,
    capabilities,
    noNewPrivileges,
    seccomp,
    supervision,
    programsSetAside,
    readOnlyRoot,
    writablePaths,
    memoryAtRest,
  ],
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
  TLS_PACK,
  LIMITS_PACK,
  LOGS_PACK,
  PHP_PACK,
  LIBRARIES_PACK,
  PROCESS_PACK,
  CONFIG_PACK,
  FILES_PACK,
  LIFECYCLE_PACK,
];
