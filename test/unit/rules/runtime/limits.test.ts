import { foundInRun, pod, service } from './support';
import { architecture, saying } from '../written';

const FILES = {
  'amd64/php-fpm.conf': '[www]\npm.max_children = 10\n',
  'amd64/nginx.conf': 'worker_processes auto;\n',
};
const SOUND = { mem_limit: '512m', cpus: '0.5', pids_limit: '100', ulimits: '{ nofile: 1024 }' };

/** Settings of compose that limit everything, with these in the place of theirs. */
function limiting(settings: Partial<typeof SOUND>): string {
  const lines = Object.entries({ ...SOUND, ...settings }).map(([name, value]) => `${name}: ${value}`);
  return service(lines.join('\n'));
}

/** What is found where these stand in the place of files that pass. */
function foundWith(files: Readonly<Record<string, string>>): string[] {
  return foundInRun('RT-009', { 'compose.yaml': limiting({}), ...FILES, ...files });
}

describe('an amount', () => {
  it.each(['1', '512m', '536870912', '1.25g', '"0.125"', '"0.50"', '10GB', '100000'])('may be %s', (amount) => {
    expect(foundWith({ 'compose.yaml': limiting({ mem_limit: amount }) })).toEqual([]);
  });

  it.each([
    ['0', '0'],
    ['-1', '-1'],
    ['-512m', '"-512m"'],
    ['0m', '"0m"'],
    ['0mb', '"0mb"'],
    ['00m', '"00m"'],
    ['"0.00"', '"0.00"'],
    ['50%', '"50%"'],
    ['unlimited', '"unlimited"'],
    ['[512m]', '["512m"]'],
  ])('is not %s', (amount, shown) => {
    expect(foundWith({ 'compose.yaml': limiting({ mem_limit: amount }) })).toEqual([
      `compose.yaml: the service web: mem_limit is ${shown}`,
    ]);
  });

  it('stands for each resource of a container of a cluster', () => {
    const settings = 'resources: { limits: { memory: 0, cpu: 250m } }';
    expect(foundWith({ 'kubernetes.yaml': pod(settings) })).toEqual([
      'kubernetes.yaml: the container web: resources.limits.memory is 0',
    ]);
  });

  it('that is asked for is no limit', () => {
    expect(foundWith({ 'kubernetes.yaml': pod('resources: { requests: { memory: 1Gi, cpu: "1" } }') })).toEqual(
      saying(['resources.limits.memory is absent', 'resources.limits.cpu is absent']),
    );
  });
});

describe('the number of open files', () => {
  it.each(['{ nofile: 65536 }', '{ nofile: { soft: 1024, hard: 2048 } }', '{ nofile: 1024, nproc: 100 }'])(
    'may be limited by %s',
    (ulimits) => {
      expect(foundWith({ 'compose.yaml': limiting({ ulimits }) })).toEqual([]);
    },
  );

  it.each([
    ['{ nproc: 100 }', 'absent'],
    ['{ nofile: -1 }', '-1'],
    ['{ nofile: null }', 'null'],
    ['{ nofile: {} }', '{}'],
    ['{ nofile: { soft: 1024, hard: -1 } }', '{"soft":1024,"hard":-1}'],
    ['{ nofile: { soft: -1, hard: 1024 } }', '{"soft":-1,"hard":1024}'],
  ])('is not limited by %s', (ulimits, shown) => {
    expect(foundWith({ 'compose.yaml': limiting({ ulimits }) })).toEqual([
      `compose.yaml: the service web: ulimits.nofile is ${shown}`,
    ]);
  });
});

describe('a file that is laid over compose.yaml', () => {
  it('may limit nothing more', () => {
    expect(foundWith({ 'compose.dev.yaml': service('ports: []') })).toEqual([]);
  });

  it.each([
    ['mem_limit: -1', 'mem_limit is -1'],
    ['cpus: 0', 'cpus is 0'],
    ['pids_limit: -1', 'pids_limit is -1'],
    ['deploy: { resources: { limits: { memory: 0 } } }', 'mem_limit is 0'],
    ['ulimits: { nofile: -1 }', 'ulimits.nofile is -1'],
  ])('takes no limit away by %s', (settings, says) => {
    expect(foundWith({ 'compose.dev.yaml': service(settings) })).toEqual([
      `compose.dev.yaml: the service web: ${says}`,
    ]);
  });
});

describe('the number of processes', () => {
  const limitedTo = (pids: number, files: Readonly<Record<string, string>>): string[] =>
    foundWith({ 'compose.yaml': limiting({ pids_limit: String(pids) }), ...files });

  it.each<[string, number, Readonly<Record<string, string>>]>([
    ['of one pool', 41, {}],
    ['of a pool of one', 32, { 'amd64/php-fpm.conf': '[www]\npm.max_children = 1\n' }],
    [
      'of two pools, and no other setting of theirs',
      61,
      {
        'amd64/php-fpm.conf':
          '[www]\npm = dynamic\npm.max_children = 10\npm.max_requests = 500\n[api]\npm.max_children = 20\n',
      },
    ],
    ['of workers of nginx', 44, { 'amd64/nginx.conf': 'worker_processes 4;\n' }],
    [
      'of workers of nginx below other directives',
      44,
      { 'amd64/nginx.conf': 'pid /run/nginx.pid;\nworker_rlimit_nofile 8192;\nworker_processes 4;\n' },
    ],
    ['of nginx that does not say how many', 41, { 'amd64/nginx.conf': 'pid /run/nginx.pid;\n' }],
    ['of a pool whose number is no number', 32, { 'amd64/php-fpm.conf': '[www]\npm.max_children = 1O\n' }],
    ['of a pool whose number is of another base', 32, { 'amd64/php-fpm.conf': '[www]\npm.max_children = 0x40\n' }],
  ])('%s is counted: %i', (_, least, files) => {
    expect(limitedTo(least, files)).toEqual([]);
    expect(limitedTo(least - 1, files)).toEqual([
      `compose.yaml: the service web: pids_limit is ${least - 1}, too few for ${least} processes and threads`,
    ]);
  });

  it('is that of the architecture with most of them', () => {
    const architectures = { amd64: architecture('linux/amd64'), arm64: architecture('linux/arm64') };
    const other = { 'arm64/php-fpm.conf': '[www]\npm.max_children = 4\n', 'arm64/nginx.conf': '' };
    const files = { 'compose.yaml': limiting({ pids_limit: '40' }), ...FILES, ...other };
    expect(foundInRun('RT-009', files, { architectures })).toEqual(saying(['too few for 41']));
  });
});

describe('what cannot be read does not pass', () => {
  it.each([
    ['deploy: [limits]', 'deploy'],
    ['deploy: { resources: none }', 'resources'],
    ['deploy: { resources: { limits: none } }', 'limits'],
    ['ulimits: [nofile]', 'ulimits'],
  ])('in compose: %s', (settings, what) => {
    expect(foundWith({ 'compose.yaml': service(`${settings}\n`) })).toEqual(
      saying([`could not be checked: ${what} is not a mapping`]),
    );
  });

  it.each([
    ['resources: none', 'resources'],
    ['resources: { limits: [memory] }', 'limits'],
  ])('in a cluster: %s', (settings, what) => {
    expect(foundWith({ 'kubernetes.yaml': pod(settings) })).toEqual(
      saying([`could not be checked: ${what} is not a mapping`]),
    );
  });
});
