import fc from 'fast-check';
import type { ImageProps } from '../../src';

const TLS_PORT = 8443;

const host = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/).map((name) => `${name}.example.com`);
const path = fc.stringMatching(/^[A-Za-z0-9_-]{1,8}$/).map((name) => `/srv/${name}`);
const safeText = fc.stringMatching(/^[A-Za-z0-9 ;{}#=(),.:/_~*-]{0,30}$/);

/** What a person may tell nginx: right values, in every combination. */
export const nginxOptions = fc.record(
  {
    port: fc.integer({ min: 8082, max: 8400 }),
    documentRoot: path,
    entryPoints: fc
      .uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 3 })
      .map((names) => names.map((name) => `/${name}.php`)),
    serverNames: fc.uniqueArray(host, { maxLength: 3 }),
    trustedProxies: fc.subarray(['10.0.0.0/8', '192.0.2.1', '2001:db8::/32']),
    workerProcesses: fc.oneof(fc.constant('auto' as const), fc.integer({ min: 1, max: 512 })),
    clientMaxBodySize: fc.constantFrom('1M', '512K', '10M'),
    keepaliveTimeout: fc.integer({ min: 5, max: 650 }),
    requestTimeout: fc.integer({ min: 60, max: 600 }),
    gzip: fc.boolean(),
    headers: fc.dictionary(fc.stringMatching(/^X-[A-Z][a-z]{1,8}$/), safeText, { maxKeys: 4 }),
    tls: fc.option(fc.record({ certificate: path, key: path, port: fc.constant(TLS_PORT) })),
  },
  { requiredKeys: [] },
);

/** An image that most often can be made: sometimes two of its values disagree. */
export const imageProps: fc.Arbitrary<ImageProps> = fc.record({
  platform: fc.constantFrom('alpine', 'debian', 'ubuntu'),
  architectures: fc.constantFrom(['amd64'] as const, ['arm64'] as const),
  nginx: nginxOptions,
  php: fc.record({
    version: fc.constantFrom('7.4', '8.0', '8.1', '8.2', '8.3', '8.4', '8.5'),
    extensions: fc.subarray(['curl', 'mbstring', 'intl', 'opcache', 'zip', 'redis']),
    postMaxSize: fc.constantFrom('10M', '64M', '1G'),
    maxExecutionTime: fc.integer({ min: 1, max: 65 }),
    ini: fc.dictionary(
      fc.stringMatching(/^[a-z]{2,6}\.[a-z_]{2,8}$/),
      fc.oneof(fc.stringMatching(/^[A-Za-z0-9 =&|!()~^,.:/_*-]{0,20}$/), fc.integer(), fc.boolean()),
      { maxKeys: 3 },
    ),
    fpm: fc.record({
      processManager: fc.constantFrom('dynamic', 'static', 'ondemand'),
      maxChildren: fc.integer({ min: 3, max: 50 }),
    }),
  }),
  s6: fc.record({ source: fc.constantFrom('overlay', 'distribution'), maxDeaths: fc.integer({ min: 1, max: 60 }) }),
  security: fc.record({
    user: fc.stringMatching(/^[a-z_][a-z0-9_-]{0,8}$/),
    uid: fc.integer({ min: 10_000, max: 65_533 }),
  }),
});

/** Text that tries to leave its place: what each of the generated grammars gives a meaning to, and anything else. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'x"\nRUN touch /evil\n#',
    'x\\\nUSER 0',
    'x" EVIL="1',
    '\n# escape=`\nFROM evil',
    '"; return 200 "evil',
    '} server { listen 1; ',
    "';eval(1);'",
    '$(touch /evil)',
    '${PATH}',
    '`id`',
    '<<EOF\nEOF',
    'EOF\nreboot',
    '\nauto_prepend_file=/tmp/x',
    '[www]\nuser=root',
    '{ foreground { rm -rf / } }',
    '../../../etc/passwd',
    '..',
    '/',
    '',
    ' ',
    '-',
    '__proto__',
    'constructor',
    '\0',
    '\u2028USER 0',
    '\u202e',
    '\ud800',
    'a'.repeat(5000),
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ maxLength: 20 }),
  fc
    .array(fc.constantFrom('\n', '\r', '"', "'", '\\', '$', '`', ';', '{', '}', '#', ' ', '/', '.', 'a', '[', ']'), {
      maxLength: 8,
    })
    .map((parts) => parts.join('')),
);
