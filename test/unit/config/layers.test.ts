import {
  BASE_CONFIG,
  DebianPlatform,
  ImageConstruct,
  ResolvedConfig,
  Testing,
  type ConfigLayer,
  type ImageConfig,
} from '../../../src';
import { mergeLayers } from '../../../src/config';

/** The values of layers over the base, with PHP and s6 as every image has them. */
function resolve(...layers: ConfigLayer[]): ResolvedConfig {
  const least = { php: { version: '8.4' }, s6: { source: 'overlay' } };
  const all = [{ name: 'base', values: BASE_CONFIG }, { name: 'least', values: least }, ...layers];
  const { config, problems } = ResolvedConfig.resolve(all, 'shop');
  expect(problems).toEqual([]);
  return config!;
}

test('the variant stands over the platform, the platform over the base, and each value tells where it came from', () => {
  // GIVEN
  class SlowDebian extends DebianPlatform {
    override readonly config = { s6: { source: 'distribution', maxDeaths: 9 }, nginx: { gzip: false } } as const;
  }
  const app = Testing.app();
  // WHEN
  const image = new ImageConstruct(app, 'shop', {
    php: { version: '8.4', fpm: { maxChildren: 50 } },
    platform: new SlowDebian(),
    nginx: { gzip: true },
  });
  // THEN
  expect(image.config.php.fpm).toMatchObject({ maxChildren: 50, startServers: 2 });
  expect(image.config.s6).toEqual({
    source: 'distribution',
    maxDeaths: 9,
    startTimeout: 30,
    stopTimeout: 28,
    crontab: [],
  });
  expect(image.config.nginx.gzip).toBe(true);
  const paths = [
    'php.fpm.maxChildren',
    'php.fpm.startServers',
    's6.maxDeaths',
    's6.startTimeout',
    's6.stopTimeout',
    'nginx.gzip',
    'no.such',
  ];
  expect(paths.map((path) => image.configOrigin(path))).toEqual([
    'variant shop',
    'base',
    'platform debian',
    'base',
    'base',
    'variant shop',
    undefined,
  ]);
});

test('explainConfig tells every value with its layer', () => {
  // GIVEN
  const image = new ImageConstruct(Testing.app(), 'shop', {
    php: { version: '8.4', ini: { 'session.name': 'shop' } },
    platform: 'debian',
    nginx: { tls: { certificate: '/tls/crt', key: '/tls/key', port: 8443 } },
  });
  // WHEN
  const explained = new Map(image.explainConfig().map(({ path, value, layer }) => [path, { value, layer }]));
  // THEN
  expect(explained.get('php.memoryLimit')).toEqual({ value: '128M', layer: 'base' });
  expect(explained.get('php.version')).toEqual({ value: '8.4', layer: 'variant shop' });
  expect(explained.get('php.ini.session.name')).toEqual({ value: 'shop', layer: 'variant shop' });
  expect(explained.get('s6.source')).toEqual({ value: 'distribution', layer: 'platform debian' });
  expect(explained.get('nginx.tls.port')).toEqual({ value: 8443, layer: 'variant shop' });
  expect(explained.has('nginx.tls')).toBe(false);
  expect([...explained.values()].filter(({ value }) => value === undefined)).toEqual([]);
});

test('a list is replaced as a whole', () => {
  const { values } = resolve({ name: 'variant', values: { php: { extensions: ['redis'] }, volumes: [] } });
  expect(values.php.extensions).toEqual(['redis']);
  expect(values.volumes).toEqual([]);
});

test('an object is merged key by key, and undefined means not set', () => {
  const headers = { 'X-Frame-Options': 'DENY', 'Referrer-Policy': undefined };
  const { values } = resolve({ name: 'variant', values: { nginx: { headers } } });
  expect(values.nginx.headers).toEqual({ ...BASE_CONFIG.nginx.headers, 'X-Frame-Options': 'DENY' });
});

test('null over an object takes it away with what was known of its parts', () => {
  const tls: ImageConfig['nginx']['tls'] = { certificate: '/tls/crt', key: '/tls/key', port: 8443 };
  const config = resolve(
    { name: 'one', values: { nginx: { tls } } },
    { name: 'two', values: { nginx: { tls: null } } },
  );
  expect(config.values.nginx.tls).toBeNull();
  expect(config.origin('nginx.tls')).toBe('two');
  expect(config.origin('nginx.tls.port')).toBeUndefined();
});

test('a key __proto__ is a key as any other and changes no object elsewhere', () => {
  // GIVEN
  const values = JSON.parse('{"__proto__": {"polluted": 1}, "nginx": {"__proto__": {"polluted": 1}}}') as object;
  // WHEN
  const merged = mergeLayers([
    { name: 'base', values: { nginx: { port: 1 } } },
    { name: 'variant', values },
  ]);
  // THEN
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(Object.getPrototypeOf(merged.value)).toBe(Object.prototype);
  expect(Object.keys(merged.value).sort()).toEqual(['__proto__', 'nginx']);
  expect(merged.origins.get('nginx.__proto__.polluted')).toBe('variant');
});

test.each([
  '{"__proto__": {"x": 1}}',
  '{"nginx": {"__proto__": {"x": 1}}}',
  '{"nginx": {"headers": {"__proto__": "x"}}}',
])('a configuration that comes as %s does nothing or is refused, and pollutes nothing', (json) => {
  const layers = [
    { name: 'base', values: BASE_CONFIG },
    { name: 'variant', values: { php: { version: '8.4' }, s6: { source: 'overlay' } } },
    { name: 'hostile', values: JSON.parse(json) as object },
  ];
  const { config, problems } = ResolvedConfig.resolve(layers, 'shop');
  const refused = problems.length > 0;
  expect(refused || !JSON.stringify(config?.values).includes('__proto__')).toBe(true);
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});

test('no layer is changed by a merge', () => {
  const before = JSON.stringify(BASE_CONFIG);
  resolve({ name: 'variant', values: { nginx: { headers: { 'X-Mine': 'yes' } } } });
  expect(JSON.stringify(BASE_CONFIG)).toBe(before);
});
