import { existsSync } from 'node:fs';
import { IMAGE } from './support';
import { verifyImage, type Check, type CheckPack, type Engine, type RunOptions } from '../../../src/verify';

/** An engine whose containers do nothing; remembers what it was asked. */
function fakeEngine() {
  const created: RunOptions[] = [];
  const removed: string[] = [];
  const engine: Partial<Engine> = {
    assertRuns: async () => {},
    assertImage: async () => {},
    create: async (options) => `container-${created.push(options)}`,
    start: async () => {},
    remove: async (container) => void removed.push(container),
  };
  return { engine: engine as Engine, created, removed };
}

function packOf(...runs: Array<Check['run']>): CheckPack[] {
  const checks = runs.map((run, index) => ({ id: `own/check-${index + 1}`, expectation: 'it holds', run }));
  return [{ group: 'own', checks }];
}

test("a person's own checks run, and a check that throws has failed", async () => {
  // WHEN
  const report = await verifyImage({
    image: 'shop',
    manifest: IMAGE,
    engine: fakeEngine().engine,
    packs: packOf(
      async () => ({ passed: true, seen: 'all well' }),
      async () => Promise.reject(new Error('no answer')),
    ),
  });
  // THEN
  expect(report).toMatchObject({ image: 'shop', php: '8.4', platform: 'debian trixie', passed: false });
  expect(report.checks).toMatchObject([
    { id: 'own/check-1', group: 'own', passed: true, seen: 'all well' },
    { id: 'own/check-2', group: 'own', passed: false, seen: 'could not be checked: no answer' },
  ]);
});

test('containers run under the flags that the manifest gives, and everything is removed, whatever happens', async () => {
  // GIVEN
  const { engine, created, removed } = fakeEngine();
  // WHEN
  await verifyImage({
    image: 'shop',
    manifest: { ...IMAGE, documentRoot: '/srv/shop/web' },
    engine,
    packs: packOf(async (subject) => {
      await subject.launch({ user: '123456:0', environment: { PHP_MEMORY_LIMIT: '64M' } });
      throw new Error('in the middle');
    }),
  });
  // THEN
  expect(created[0]).toMatchObject({
    image: 'shop',
    user: '123456:0',
    environment: { PHP_MEMORY_LIMIT: '64M' },
    memoryMounts: [
      { target: '/run', options: 'rw,exec,nosuid,nodev,uid=10001,gid=0,mode=0775' },
      { target: '/tmp', options: 'rw,noexec,nosuid,nodev,uid=10001,gid=0,mode=1777' },
    ],
    volumes: ['/data'],
    bindMounts: [{ target: '/srv/shop/web' }, { target: '/srv/shop/outside.txt' }],
    ports: [8080],
  });
  expect(removed).toEqual(['container-1']);
  expect(existsSync(created[0]!.bindMounts[0]!.source)).toBe(false);
});

test('bounds of time are stretched for slow machines', async () => {
  const seen: number[] = [];
  await verifyImage({
    image: 'shop',
    manifest: IMAGE,
    engine: fakeEngine().engine,
    slowness: 10,
    packs: packOf(async (subject) => ({ passed: seen.push(subject.bound(1000)) > 0, seen: '' })),
  });
  expect(seen).toEqual([10_000]);
});
