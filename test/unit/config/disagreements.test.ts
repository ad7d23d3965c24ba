import type { ImageProps } from '../../../src';
import { problemsOfShop } from '../image/support';

type Refusal = readonly [name: string, props: Partial<ImageProps>, what: RegExp, next: RegExp];

const REFUSED: readonly Refusal[] = [
  [
    'a body that PHP drops',
    { nginx: { clientMaxBodySize: '11M' } },
    /^nginx\.clientMaxBodySize \(11M\) is more/,
    /php\.postMaxSize/,
  ],
  [
    'units that hide it',
    { nginx: { clientMaxBodySize: '10241K' } },
    /\(10241K\) is more than php\.postMaxSize/,
    /lower/,
  ],
  [
    'an upload that never arrives',
    { php: { version: '8.4', uploadMaxFilesize: '1G' } },
    /^php\.uploadMaxFilesize/,
    /raise/,
  ],
  [
    'a script that outlives its worker',
    { php: { version: '8.4', maxExecutionTime: 61 } },
    /^php\.fpm\.requestTimeout/,
    /raise/,
  ],
  ['a proxy that gives up early', { nginx: { requestTimeout: 59 } }, /^nginx\.requestTimeout \(59 s\)/, /raise/],
  ['a supervisor without patience', { s6: { stopTimeout: 25 } }, /^s6\.stopTimeout \(25 s\) is not more/, /raise/],
  [
    'more at the start than spare',
    { php: { version: '8.4', fpm: { startServers: 5 } } },
    /startServers \(5\)/,
    /order/,
  ],
  [
    'fewer at the start than spare',
    { php: { version: '8.4', fpm: { minSpareServers: 3 } } },
    /minSpareServers \(3\)/,
    /order/,
  ],
  ['more spare than allowed', { php: { version: '8.4', fpm: { maxChildren: 3 } } }, /maxChildren \(3\)/, /order/],
  ['one port for two servers', { nginx: { port: 8081 } }, /are not all different/, /port of its own/],
  [
    'one port for TLS and HTTP',
    { nginx: { tls: { certificate: '/tls/crt', key: '/tls/key', port: 8080 } } },
    /are not all different/,
    /port of its own/,
  ],
  ['an entry point twice', { nginx: { entryPoints: ['/a.php', '/a.php'] } }, /names a file twice/, /once/],
  [
    'a header in two spellings',
    { nginx: { headers: { 'x-frame-options': 'DENY' } } },
    /two spellings: x-frame-options/,
    /spell/,
  ],
];

test.each(REFUSED)('values that contradict each other are refused: %s', (_, props, what, next) => {
  expect(problemsOfShop(props)).toEqual([
    { where: 'shop', what: expect.stringMatching(what), why: expect.any(String), next: expect.stringMatching(next) },
  ]);
});

test.each<readonly [name: string, props: Partial<ImageProps>]>([
  ['sizes that are equal in other units', { nginx: { clientMaxBodySize: '10240K' } }],
  ['times that are equal', { nginx: { requestTimeout: 60 }, php: { version: '8.4', maxExecutionTime: 60 } }],
  ['spare servers under ondemand', { php: { version: '8.4', fpm: { processManager: 'ondemand', startServers: 99 } } }],
])('values that agree are accepted: %s', (_, props) => {
  expect(problemsOfShop(props)).toEqual([]);
});

test('all disagreements are told at once', () => {
  const props: Partial<ImageProps> = {
    nginx: { port: 8081, requestTimeout: 1, clientMaxBodySize: '1G' },
    s6: { stopTimeout: 1 },
  };
  expect(problemsOfShop(props)).toHaveLength(4);
});
