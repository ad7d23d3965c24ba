import fc from 'fast-check';
import { shopFiles, type ShopFiles } from './support';
import type { WritablePath } from '../../../src';

/** What each file says of the same thing, in one form. */
function writablePaths(files: ShopFiles): Record<string, string[]> {
  const { tmpfs, volumes = [] } = files.service();
  const readme = [...files.text('README.md').matchAll(/^ {2}--(?:tmpfs (\S+?):|volume \w\S*?:(\S+) )/gm)];
  const apparmor = [...files.text('apparmor.profile').matchAll(/^ {2}(\S+)\/\*\* rwkl,$/gm)];
  return {
    compose: [...tmpfs.map((mount) => mount.split(':')[0]!), ...volumes.map((mount) => mount.split(':')[1]!)].sort(),
    kubernetes: files
      .container()
      .volumeMounts.map(({ mountPath }) => mountPath)
      .sort(),
    readme: readme.map(([, memory, volume]) => memory ?? volume!).sort(),
    apparmor: apparmor.map(([, path]) => path!).sort(),
  };
}

function ports(files: ShopFiles): Record<string, number[]> {
  const readme = [...files.text('README.md').matchAll(/^ {2}--publish 127\.0\.0\.1:\d+:(\d+) /gm)];
  const policy = files.objects('NetworkPolicy')[0]!.spec as { ingress: Array<{ ports: Array<{ port: string }> }> };
  const named = new Map(files.container().ports.map(({ name, containerPort }) => [name, containerPort]));
  return {
    compose: files.service().ports.map((port) => Number(port.split(':')[2])),
    kubernetes: files.container().ports.map(({ containerPort }) => containerPort),
    policy: policy.ingress[0]!.ports.map(({ port }) => named.get(port)!),
    readme: readme.map(([, port]) => Number(port)),
  };
}

const directory = fc
  .array(fc.stringMatching(/^[a-zA-Z0-9_-]{1,12}$/), { minLength: 1, maxLength: 3 })
  .map((names) => `/srv/${names.join('/')}`);

const writablePath: fc.Arbitrary<WritablePath> = fc.record({
  path: directory,
  kind: fc.constantFrom('tmpfs' as const, 'volume' as const),
  exec: fc.boolean(),
  mode: fc.constantFrom('0770', '0700'),
  size: fc.constantFrom(undefined, '1K', '5M', '2G'),
  purpose: fc.constant('a test'),
});

/** Paths of which none lies below another one. */
const writablePathsArbitrary = fc
  .uniqueArray(writablePath, { maxLength: 5, selector: ({ path }) => path })
  .map((all) => all.filter(({ path }) => !all.some((other) => path.startsWith(`${other.path}/`))));

const portNumbers = fc.uniqueArray(
  fc.integer({ min: 1, max: 65_535 }).filter((port) => port !== 8080 && port !== 8081),
  { maxLength: 4 },
);

describe('whatever the constructs of a tree contribute', () => {
  it('every file mounts the same writable paths and opens the same ports', () => {
    fc.assert(
      fc.property(writablePathsArbitrary, portNumbers, (paths, numbers) => {
        // GIVEN, WHEN
        const files = shopFiles({}, (part) => {
          paths.forEach((path) => part.addWritablePath(path));
          numbers.forEach((port) => part.addPort(port));
        });
        // THEN
        const wanted = ['/data', '/run', '/tmp', '/var/lib/php/sessions', ...paths.map(({ path }) => path)].sort();
        expect(writablePaths(files)).toEqual({
          compose: wanted,
          kubernetes: wanted,
          readme: wanted,
          apparmor: wanted,
        });
        const wantedPorts = [8080, ...[...numbers].sort((a, b) => a - b)];
        expect(ports(files)).toEqual({
          compose: wantedPorts,
          kubernetes: wantedPorts,
          policy: wantedPorts,
          readme: wantedPorts,
        });
      }),
      { numRuns: 100 },
    );
  });

  it('no two ports are published at the same place, and none below 1024', () => {
    fc.assert(
      fc.property(portNumbers, (numbers) => {
        const files = shopFiles({}, (part) => numbers.forEach((port) => part.addPort(port)));
        const hosts = files.service().ports.map((port) => Number(port.split(':')[1]));
        expect(new Set(hosts).size).toBe(hosts.length);
        expect(Math.min(...hosts)).toBeGreaterThanOrEqual(1024);
      }),
      { numRuns: 50 },
    );
  });

  it('a directory that programs do not run from is noexec, and denied to them', () => {
    const files = shopFiles({}, (part) =>
      part.addWritablePath({ path: '/srv/cache', kind: 'tmpfs', exec: false, mode: '0700', size: '5M', purpose: 'a' }),
    );
    expect(files.service().tmpfs).toContain('/srv/cache:rw,noexec,nosuid,nodev,uid=10001,gid=0,mode=0700,size=5m');
    expect(files.text('apparmor.profile')).toContain('  deny /srv/cache/** mx,\n');
  });
});

it('refuses a size that is none', () => {
  const broken = () =>
    shopFiles({}, (part) =>
      part.addWritablePath({ path: '/srv/x', kind: 'tmpfs', exec: false, mode: '0700', size: '5 MB', purpose: 'a' }),
    );
  expect(broken).toThrow('"5 MB" is not the size of a directory');
});
