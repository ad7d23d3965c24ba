import { z } from 'zod';
import { misspeltPhpSetting } from '../catalog';
import {
  absolutePath,
  dataDirectory,
  accountId,
  accountName,
  entryPoint,
  network,
  plainText,
  port,
  seconds,
  serverName,
  size,
} from './fields';
import { grantSchema } from './grant-schema';

const workers = z.int().min(1).max(10_000);

const fpmSchema = z.strictObject({
  /** How PHP-FPM keeps its workers. */
  processManager: z.enum(['dynamic', 'static', 'ondemand']),
  /** Most workers at a time. */
  maxChildren: workers,
  /** Workers at the start (`dynamic`). */
  startServers: workers,
  /** Fewest idle workers (`dynamic`). */
  minSpareServers: workers,
  /** Most idle workers (`dynamic`). */
  maxSpareServers: workers,
  /** Requests after which a worker is replaced, against leaks of memory. */
  maxRequests: z.int().min(1).max(1_000_000),
  /** Seconds after which a worker that still serves one request is ended. */
  requestTimeout: seconds,
  /** Seconds that requests in flight have to finish when the server stops. */
  stopTimeout: seconds,
});

/** Settings of php.ini that other parts of an image depend on, and the option that sets each. */
const OPTION_OF_SETTING = new Map([
  ['date.timezone', 'php.timezone'],
  ['file_uploads', 'php.uploads'],
  ['max_execution_time', 'php.maxExecutionTime'],
  ['memory_limit', 'php.memoryLimit'],
  ['opcache.jit', 'php.jit'],
  ['opcache.validate_timestamps', 'php.validateTimestamps'],
  ['post_max_size', 'php.postMaxSize'],
  ['upload_max_filesize', 'php.uploadMaxFilesize'],
]);

const SETTING_NAME = /^[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*$/i;

/** The name of a setting that PHP knows, and that has no option of its own. */
const settingName = z
  .string()
  .regex(SETTING_NAME, 'is not the name of a php.ini setting such as session.gc_maxlifetime')
  .superRefine((name, context) => {
    if (!SETTING_NAME.test(name)) {
      return;
    }
    const option = OPTION_OF_SETTING.get(name.toLowerCase());
    const meant = option ? undefined : misspeltPhpSetting(name);
    if (option) {
      const params = { next: `set ${option} instead` };
      context.addIssue({ code: 'custom', message: `has an option of its own: ${option}`, params });
    } else if (meant !== undefined) {
      const owner = OPTION_OF_SETTING.get(meant);
      const params = { next: owner ? `set ${owner}` : `write ${meant}, or take it out` };
      context.addIssue({ code: 'custom', message: 'is given to a name that PHP does not know', params });
    }
  });

const phpSchema = z.strictObject({
  version: z.string().regex(/^\d+\.\d+$/, 'is not a PHP version such as 8.4'),
  /** PHP's own names. */
  extensions: z.array(z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'is not the name of an extension such as pdo_mysql')),
  memoryLimit: size,
  /** Whether forms may bring files; how large, says `uploadMaxFilesize`. */
  uploads: z.boolean(),
  uploadMaxFilesize: size,
  postMaxSize: size,
  /** Seconds. */
  maxExecutionTime: seconds,
  timezone: plainText().pipe(
    z.string().regex(/^[A-Za-z0-9_+-]+(?:\/[A-Za-z0-9_+-]+)*$/, 'is not a time zone such as Europe/Prague'),
  ),
  /** Just-in-time compilation by OPcache (from PHP 8.0). */
  jit: z.enum(['disable', 'function', 'tracing']),
  /** Whether OPcache looks for changed files: `false` in production. */
  validateTimestamps: z.boolean(),
  /** Further settings of php.ini, for PHP-FPM and the command line. */
  ini: z.record(
    settingName,
    z.union([
      plainText().pipe(z.string().regex(/^[^;{}[\]]*$/, 'contains a semicolon, a brace or a bracket')),
      z.number(),
      z.boolean(),
    ]),
  ),
  /** Bounds of the hardening rules that are moved for web requests, each with its reason. */
  grants: z.array(grantSchema),
  fpm: fpmSchema,
});

const tlsSchema = z.strictObject({
  /** Path of the certificate chain in the container; mounted at run time, never in the image. */
  certificate: absolutePath,
  /** Path of the private key in the container; mounted at run time, never in the image. */
  key: absolutePath,
  port,
});

/** They show what a proxy added to a request, or ask for a way through the server. */
const NEVER_METHODS = ['CONNECT', 'DEBUG', 'TRACE', 'TRACK'];

const limitsSchema = z.strictObject({
  /** Requests in flight of one address; more are answered 429. Behind a proxy that is not trusted it is all traffic. */
  connections: z.int().min(16).max(65_536),
  /** Requests a second of one address, with as many again at once; more are answered 429. `null`: not counted. */
  requestsPerSecond: z.int().min(1).max(100_000).nullable(),
});

const nginxSchema = z.strictObject({
  port,
  /** Port of the status pages, bound to loopback. */
  statusPort: port,
  documentRoot: dataDirectory,
  /** The PHP files that may run, as paths of URLs. The first one is the front controller. */
  entryPoints: z.array(entryPoint).min(1, 'is empty: name at least the front controller, /index.php'),
  /** Hosts that are answered; none: all. */
  serverNames: z.array(serverName),
  /** Methods of requests that are let through, in capitals; any other is answered 405. */
  methods: z
    .array(
      z
        .string()
        .regex(/^[A-Z][A-Z-]{1,31}$/, 'is not a method in capitals such as GET')
        .refine((name) => !NEVER_METHODS.includes(name), 'is a method that no application may get'),
    )
    .min(1, 'is empty: name at least GET'),
  /** Proxies whose X-Forwarded-For is believed. */
  trustedProxies: z.array(network),
  workerProcesses: z.union([z.literal('auto'), z.int().min(1).max(512)]),
  workerConnections: z.int().min(16).max(1_048_576),
  /** What one client may take. */
  limits: limitsSchema,
  /** Largest request body. */
  clientMaxBodySize: size,
  /** Seconds; a short one makes races behind load balancers. */
  keepaliveTimeout: z.int().min(5).max(650),
  /** Seconds that nginx waits for PHP. */
  requestTimeout: seconds,
  gzip: z.boolean(),
  /** Compression by brotli, where the distribution packages it. */
  brotli: z.boolean(),
  /** Seconds that browsers keep static files without asking; `null`: they ask. */
  staticMaxAge: z.int().min(1).max(31_536_000).nullable(),
  /** Headers on every answer, by name. */
  headers: z.record(
    z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, 'is not the name of a header such as Referrer-Policy')
      .refine(
        (name) => !/^(?:connection|content-length|content-type|date|server|set-cookie|transfer-encoding)$/i.test(name),
        'is a header that belongs to nginx or to the application',
      ),
    plainText("'").pipe(z.string().max(2000, 'is longer than 2000 characters')),
  ),
  /** `null`: plain HTTP only. */
  tls: tlsSchema.nullable(),
});

const securitySchema = z.strictObject({
  user: accountName,
  group: accountName,
  uid: accountId,
  gid: accountId,
  nonRoot: z.literal(true, { error: 'cannot be switched off: images run as a user without privileges' }),
  readOnlyRoot: z.literal(true, { error: 'cannot be switched off: images run on a read-only root' }),
  seccomp: z.literal(true, { error: 'cannot be switched off' }),
  apparmor: z.literal(true, { error: 'cannot be switched off' }),
  capabilities: z
    .array(z.string())
    .max(
      0,
      'asks for capabilities: a user other than root gains nothing by them (its effective set stays empty), so every one is dropped',
    ),
});

const cronJobSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'is not the name of a job (lower case, digits, dashes)'),
  /** Five fields as in crontab(5), or `@hourly` and the like. */
  schedule: plainText(),
  command: z.array(plainText()).min(1, 'is empty: name a program and its arguments'),
});

const s6Schema = z.strictObject({
  /** `overlay`: s6-overlay's release. `distribution`: plain s6 from the distribution's signed packages. */
  source: z.enum(['overlay', 'distribution']),
  /** Deaths of a service within a minute after which the container ends. */
  maxDeaths: z.int().min(1).max(60),
  /**
   * Seconds that all services have to get ready at the start, before the container ends with a non-zero status. The
   * variable S6_CMD_WAIT_FOR_SERVICES_MAXTIME gives a container another time, in milliseconds.
   */
  startTimeout: seconds,
  /** Seconds that a service has to stop before it is killed. */
  stopTimeout: seconds,
  /** Commands that run at given times. */
  crontab: z.array(cronJobSchema),
});

/** The whole of what an image can be told. */
export const imageConfigSchema = z.strictObject({
  php: phpSchema,
  nginx: nginxSchema,
  security: securitySchema,
  s6: s6Schema,
  /** Directories with state that outlives a container, writable to the application. */
  volumes: z.array(dataDirectory),
});

/** The configuration of one image, every value given. */
export type ImageConfig = z.output<typeof imageConfigSchema>;
