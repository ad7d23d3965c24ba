import { fileOf, processOf, subjectOf, type FakeSubject } from './support';
import { CHECK_PACKS, type Verdict } from '../../../src/verify';

/** What no image can be broken into cheaply is shown here. */
async function verdictOf(id: string, fake: FakeSubject): Promise<Verdict> {
  const check = CHECK_PACKS.flatMap((pack) => pack.checks).find((item) => item.id === id);
  return check!.run(subjectOf(fake));
}

const CAPABILITIES = { CapInh: '0000', CapPrm: '0000', CapEff: '0000', CapBnd: '0000', CapAmb: '0000' };
/** As under emulation, where titles are not seen. */
const SUPERVISED = [
  ['s6-svscan /run/service', '1', '0'],
  ['s6-supervise nginx', '2', '1'],
  ['s6-supervise php-fpm', '3', '1'],
  ['/usr/sbin/nginx -c /etc/nginx/nginx.conf', '4', '2'],
  ['/usr/sbin/nginx -c /etc/nginx/nginx.conf', '5', '4'],
  ['/usr/sbin/php-fpm8.4 --nodaemonize', '6', '3'],
  ['/usr/sbin/php-fpm8.4 --nodaemonize', '7', '6'],
].map(([command, Pid, PPid]) => processOf(command!, { Pid: Pid!, PPid: PPid! }));
const WORKER = { name: 'queue', kind: 'longrun' as const, command: ['/usr/bin/worker'], usesApplication: true };
const answer = (text: string, status = 200) => ({ status, text, headers: new Map(), body: Buffer.from(text) });

describe.each([
  [
    'process/capabilities',
    { server: { processes: async () => [processOf('nginx', { ...CAPABILITIES, CapBnd: '00ff' })] } },
    { server: { processes: async () => [processOf('nginx', CAPABILITIES)] } },
    /1 nginx: CapBnd 00ff/,
  ],
  [
    'process/no-new-privileges',
    { server: { processes: async () => [processOf('nginx', { NoNewPrivs: '0' })] } },
    { server: { processes: async () => [processOf('nginx', { NoNewPrivs: '1' })] } },
    /1 nginx: NoNewPrivs 0/,
  ],
  [
    'process/supervision',
    { server: { processes: async () => SUPERVISED.slice(0, 5) } },
    { server: { processes: async () => SUPERVISED } },
    /^there is not a master of php-fpm: .*; there is not a worker of php-fpm: /,
  ],
  [
    'process/memory-at-rest',
    { server: { processes: async () => [processOf('nginx', {}, 300_000)] } },
    { server: { processes: async () => [processOf('nginx', {}, 30_000)] } },
    /293\.0 MiB in 1 processes/,
  ],
  [
    'process/read-only-root',
    { server: { php: async () => '{"/etc":true,"/usr":false}' } },
    { server: { php: async () => '{"/etc":false,"/usr":false}' } },
    /^\/etc can be written to$/,
  ],
  [
    'process/set-aside',
    {
      image: { services: [WORKER] },
      server: { php: async () => '["/usr/bin/worker"]', processes: async () => [] },
      bound: () => 0,
    },
    {
      image: { services: [WORKER] },
      server: { php: async () => '[]', processes: async () => [processOf('php -n -r sleep(86400); queue')] },
    },
    /^queue: \/usr\/bin\/worker cannot be run; queue does not get its turn: /,
  ],
  ['health/time-to-ready', { server: { timeToReady: 5001 } }, { server: { timeToReady: 400 } }, /ready after 5001 ms/],
  [
    'libraries/collation',
    { server: { ask: async () => ({ collation: ['c', 'ch', 'h', 'č'] }) as never } },
    { server: { ask: async () => ({ collation: ['c', 'č', 'h', 'ch'] }) as never } },
    /"c","ch","h","č"/,
  ],
  [
    'files/file-capabilities',
    { files: [fileOf('/usr/bin/ping', { attributes: ['security.capability'] })] },
    { files: [fileOf('/usr/bin/ping')] },
    /^\/usr\/bin\/ping$/,
  ],
  [
    'http/detours',
    {
      server: {
        request: async (path: string) =>
          answer(path === '/INDEX.PHP' ? '<?php' : '', path === '/INDEX.PHP' ? 200 : 404),
      },
    },
    { server: { request: async () => answer('', 404) } },
    /^\/INDEX\.PHP answers 200$/,
  ],
] satisfies Array<[string, FakeSubject, FakeSubject, RegExp]>)('%s', (id, bad, good, seen) => {
  it('fails, and says what it saw', async () => {
    expect(await verdictOf(id, bad)).toEqual({ passed: false, seen: expect.stringMatching(seen) });
  });

  it('passes', async () => {
    expect(await verdictOf(id, good)).toMatchObject({ passed: true });
  });
});

test("'http/front-controller' fails where the query is lost", async () => {
  const lost = { method: 'GET', query: {}, route: '/some/page', script: '/index.php' };
  const { passed, seen } = await verdictOf('http/front-controller', {
    server: { request: async () => answer(JSON.stringify(lost)) },
  });
  expect(passed).toBe(false);
  expect(seen).toContain('GET /some/page?name=a%20b answers 200');
});

test.each(['lifecycle/nginx-worker-killed', 'lifecycle/php-fpm-worker-killed'])(
  '%s fails where the worker is not replaced, though pings are answered',
  async (id) => {
    const fake = {
      server: { alive: async () => true, kill: async () => {}, processes: async () => SUPERVISED },
    };
    expect(await verdictOf(id, fake)).toMatchObject({ passed: false, seen: expect.stringContaining('no new process') });
  },
);
