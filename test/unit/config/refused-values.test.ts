import type { ImageProps } from '../../../src';
import { forbiddenIn, sizeInBytes } from '../../../src/config';
import { problemsOfShop, synthShop } from '../image/support';

/** Props as they come from JSON or JavaScript, where no compiler looks. */
function untyped(props: object): Partial<ImageProps> {
  return props as Partial<ImageProps>;
}

test.each<readonly [props: object, what: string]>([
  [{ security: { nonRoot: false } }, 'security.nonRoot: false cannot be switched off'],
  [{ security: { readOnlyRoot: false } }, 'security.readOnlyRoot: false cannot be switched off'],
  [{ security: { seccomp: false } }, 'security.seccomp: false cannot be switched off'],
  [{ security: { apparmor: false } }, 'security.apparmor: false cannot be switched off'],
  [
    { security: { capabilities: ['NET_BIND_SERVICE'] } },
    'security.capabilities: ["NET_BIND_SERVICE"] asks for capabilities',
  ],
  [{ security: { uid: 0 } }, 'security.uid: 0 is root'],
  [{ security: { gid: 0 } }, 'security.gid: 0 is root'],
  [{ security: { uid: 2 ** 31 } }, 'security.uid: 2147483648 is more than 2147483647'],
  [{ security: { user: 'root' } }, 'security.user: "root" is an account that every image has already'],
  [{ security: { group: 'nogroup' } }, 'security.group: "nogroup" is an account that every image has already'],
  [{ nginx: { port: 0 } }, 'nginx.port: 0 is less than 1'],
  [{ nginx: { port: 65_536 } }, 'nginx.port: 65536 is more than 65535'],
  [{ nginx: { port: 80.5 } }, 'nginx.port: 80.5 is not of the type int'],
  [{ nginx: { port: '8080' } }, 'nginx.port: "8080" is not of the type number'],
  [{ nginx: { gzip: null } }, 'nginx.gzip: null is not of the type boolean'],
  [{ nginx: { entryPoints: [] } }, 'nginx.entryPoints: [] is empty'],
  [{ nginx: { entryPoints: ['/a/../b.php'] } }, 'nginx.entryPoints.0: "/a/../b.php" is not the path of a PHP file'],
  [{ nginx: { documentRoot: '/var/../etc' } }, 'nginx.documentRoot: "/var/../etc" is not an absolute path'],
  [{ nginx: { documentRoot: 'public' } }, 'nginx.documentRoot: "public" is not an absolute path'],
  [{ nginx: { serverNames: ['~^(www)$'] } }, 'nginx.serverNames.0: '],
  [
    { nginx: { serverNames: ['WWW.example.com'] } },
    'nginx.serverNames.0: "WWW.example.com" is not a host name in lower case',
  ],
  [
    { nginx: { trustedProxies: ['10.0.0.0/33'] } },
    'nginx.trustedProxies.0: "10.0.0.0/33" is not an address or a network',
  ],
  [{ nginx: { trustedProxies: ['0.0.0.0/0'] } }, 'nginx.trustedProxies.0: "0.0.0.0/0" is every address there is'],
  [{ nginx: { wokerProcesses: 1 } }, 'nginx.wokerProcesses is not an option'],
  [
    { php: { version: '8.4', fpm: { processManager: 'none' } } },
    'php.fpm.processManager: "none" is not one of dynamic, static',
  ],
  [{ php: { version: '8.4', maxExecutionTime: 0 } }, 'php.maxExecutionTime: 0 is less than 1'],
  [{ php: { version: '8.4', memoryLimit: '-1' } }, 'php.memoryLimit: "-1" is not a size'],
  [{ php: { version: '8.4', ini: { 'a.b': Number.NaN } } }, 'php.ini.a.b: '],
  [
    { php: { version: '8.4', ini: { max_input_varz: 10 } } },
    'php.ini.max_input_varz: 10 is given to a name that PHP does not know',
  ],
  [{ php: { version: '8.4', ini: { 'Session.name': 'A' } } }, 'is given to a name that PHP does not know'],
  [{ php: { version: '8.4', ini: { file_uploads: false } } }, 'has an option of its own: php.uploads'],
  [{ nginx: { methods: ['GET', 'TRACE'] } }, 'nginx.methods.1: '],
  [{ nginx: { limits: { connections: 0 } } }, 'nginx.limits.connections: '],
  [{ php: {} }, 'php.version is not given'],
  [{ php: undefined }, 'php.version is not given'],
  [{ php: null }, 'php: null is not of the type object'],
  [{ volumes: '/data' }, 'volumes: "/data" is not of the type array'],
  [{ volumes: 10n }, 'volumes: 10 is not of the type array'],
])('%j is refused', (props, what) => {
  const problems = problemsOfShop(untyped(props));
  expect(problems).toEqual([expect.objectContaining({ where: 'shop', next: expect.stringMatching(/\S/) })]);
  expect(problems[0]?.what).toContain(what);
});

test.each<readonly [props: object, next: string]>([
  [{ php: { version: '8.4', memoryLimt: '1G' } }, 'write php.memoryLimit'],
  [{ php: { version: '8.4', memory_limit: '1G' } }, 'write php.memoryLimit'],
  [{ php: { version: '8.4', fpm: { maxChildern: 5 } } }, 'write php.fpm.maxChildren'],
  [{ memoryLimit: '1G' }, 'write php.memoryLimit'],
  [{ nginx: { maxChildren: 5 } }, 'write php.fpm.maxChildren'],
  [{ php: { version: '8.4', requestTimout: 5 } }, 'write php.fpm.requestTimeout or nginx.requestTimeout'],
  [{ nginx: { wokerProcesses: 1 } }, 'write nginx.workerProcesses'],
  [{ nginx: { limits: { connection: 100 } } }, 'write nginx.limits.connections'],
  [
    { nginx: { tls: { certificate: '/a', key: '/b', port: 8443, protocols: 1 } } },
    'take it out, or write one of: nginx.tls.certificate, nginx.tls.key, nginx.tls.port',
  ],
  [{ s6: { crontabs: [] } }, 'write s6.crontab'],
  [
    { s6: { crontab: [{ name: 'a', schedule: '@hourly', command: ['/bin/true'], user: 'root' }] } },
    'take it out, or write one of: s6.crontab.0.name, s6.crontab.0.schedule, s6.crontab.0.command',
  ],
  [
    { s6: { crontab: [{ name: 'a', schedule: '@hourly', command: ['/bin/true'], comand: 1 }] } },
    'write s6.crontab.0.command',
  ],
  [{ relase: 'trixie' }, 'write release'],
  [{ architecture: ['amd64'] }, 'write architectures'],
  [{ volume: ['/data'] }, 'write volumes'],
  [
    { colour: 'blue' },
    'take it out, or write one of: php, nginx, security, s6, volumes, platform, release, architectures',
  ],
])('%j: %s', (props, next) => {
  expect(problemsOfShop(untyped(props)).map((problem) => problem.next)).toEqual([next]);
});

test.each<readonly [props: object, next: string]>([
  [{ php: { version: '8.4', ini: { max_input_varz: 10 } } }, 'write max_input_vars, or take it out'],
  [{ php: { version: '8.4', ini: { memory_limt: '1G' } } }, 'set php.memoryLimit'],
  [{ php: { version: '8.4', ini: { file_uploads: false } } }, 'set php.uploads instead'],
  [{ php: { version: '8.4', fpm: { processManager: 'dynmaic' } } }, 'write "dynamic"'],
  [{ php: { version: '8.4', memoryLimit: 'much' } }, 'give php.memoryLimit a value such as 10M'],
  [{ php: { version: '8.4', extensions: ['redsi'] } }, 'did you mean redis?'],
  [{ platform: 'debain' }, 'write "debian", or give a Platform of your own'],
  [{ platform: undefined }, 'write one of: alpine, debian, ubuntu'],
])('the value of %j: %s', (props, next) => {
  expect(problemsOfShop(untyped(props)).map((problem) => problem.next)).toEqual([next]);
});

test('the problem names the layer that the value came from', () => {
  expect(problemsOfShop({ nginx: { port: 0 } })[0]?.what).toBe(
    'nginx.port: 0 is less than 1 (from layer variant shop)',
  );
});

test('every value that is refused is told at once', () => {
  const problems = problemsOfShop(
    untyped({ nginx: { port: 0, gzip: 1 }, security: { nonRoot: false }, volumes: ['x'], more: 1 }),
  );
  expect(problems.map(({ what }) => what.split(/[: ]/)[0])).toEqual([
    'nginx.port',
    'nginx.gzip',
    'security.nonRoot',
    'volumes.0',
    'more',
  ]);
});

test('the smallest and the largest numbers are accepted', () => {
  expect(() =>
    synthShop({ nginx: { port: 1, statusPort: 65_535 }, security: { uid: 10_000, gid: 2_147_483_647 } }),
  ).not.toThrow();
});

test.each([
  ['1', 1],
  ['10K', 10_240],
  ['10M', 10_485_760],
  ['2G', 2_147_483_648],
])('%s are %i bytes', (size, bytes) => {
  expect(sizeInBytes(size)).toBe(bytes);
});

test.each(['', '0', '-1', '1T', '1m', '01M', '1.5M', '1M ', '1M\n'])('%j is no size', (size) => {
  expect(() => sizeInBytes(size)).toThrow(RangeError);
});

test('letters of every language are plain text; what is forbidden may be allowed one by one', () => {
  expect(forbiddenIn('Žluťoučký kůň 馬 🐎 (a;b)')).toBeUndefined();
  expect(forbiddenIn("it's")).toBe('a single quote');
  expect(forbiddenIn("it's", "'")).toBeUndefined();
  expect(forbiddenIn("it's $5", "'")).toBe('a dollar sign');
});

test('what is wrong elsewhere is told in the same run: disagreements, extensions, schedules', () => {
  const problems = problemsOfShop(
    untyped({
      php: { version: '8.4', uploadMaxFilesize: '1G', extensions: ['xdebugg'] },
      nginx: { port: 'x', clientMaxBodySize: '100M', serverName: 'a' },
    }),
  );
  expect(problems.map(({ what }) => what.split(' ')[0])).toEqual([
    'nginx.port:',
    'nginx.serverName',
    'nginx.clientMaxBodySize',
    'php.uploadMaxFilesize',
    'PHP',
  ]);
});
