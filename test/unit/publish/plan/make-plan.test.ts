import { DockerfileGeneratorError } from '../../../../src/errors';
import type { ScanSettings } from '../../../../src/publish/environment';
import { listOf } from '../../../../src/publish/plan/list-steps';
import { makePlan } from '../../../../src/publish/plan/make-plan';
import type { PlanOptions } from '../../../../src/publish/plan/options';
import { renderPlan } from '../../../../src/publish/plan/render-plan';
import type { BuildStep } from '../../../../src/publish/plan/step';
import { factsOf, foundOf, manifestOf, OPTIONS, PLACE, repositoryOf, wantedOf } from '../support';

const [WEB] = wantedOf() as [ReturnType<typeof wantedOf>[number]];
const AMD64 = foundOf(WEB, 'amd64');
const ARM64 = foundOf(WEB, 'arm64');
const LIST = listOf([AMD64, ARM64]);
const INDEX = JSON.parse(LIST.bytes.toString()) as Exclude<ReturnType<typeof JSON.parse>, undefined>;
const SCAN: ScanSettings = {
  scanner: 'trivy',
  severity: 'HIGH',
  fixableOnly: false,
  ignore: [],
  maxDatabaseAge: 48,
  timeout: 600,
};

function plan(facts: ReturnType<typeof factsOf>, options: Partial<PlanOptions> = {}, wanted = [WEB]): string[] {
  return makePlan(wanted, facts, { ...OPTIONS, ...options }).steps.map(({ id }) => id);
}

test('an empty registry gets everything: built, verified, pushed, joined, and the tag last', () => {
  const all = makePlan([WEB], factsOf({ [PLACE]: repositoryOf([]) }), OPTIONS);
  expect(renderPlan(all)).toMatchInlineSnapshot(`
"test: 8 steps
  build web/amd64                                  it is not there
  verify web/amd64 (run)                           it was not verified yet
  push web/amd64 127.0.0.1:5000/shop/web           it is new
  build web/arm64                                  it is not there
  verify web/arm64 (run)                           it was not verified yet
  push web/arm64 127.0.0.1:5000/shop/web           it is new
  list web (amd64, arm64) 127.0.0.1:5000/shop/web  a list of all architectures
  tag web 127.0.0.1:5000/shop/web:latest           it is new
"
`);
});

test('what is there, young, and at the tag is left alone', () => {
  const tags = { latest: { digest: LIST.digest, index: INDEX } };
  const facts = factsOf({ [PLACE]: repositoryOf([AMD64, ARM64], { tags, lists: [LIST.digest] }) });
  expect(plan(facts)).toEqual([]);
  expect(renderPlan(makePlan([WEB], facts, OPTIONS))).toBe('test: nothing to do\n');
});

test('a publish that stopped before the tag only moves the tag', () => {
  const facts = factsOf({ [PLACE]: repositoryOf([AMD64, ARM64], { lists: [LIST.digest] }) });
  expect(plan(facts)).toEqual([`tag web ${PLACE}:latest`]);
});

test('a publish that stopped after a push goes on with the other architecture', () => {
  expect(plan(factsOf({ [PLACE]: repositoryOf([AMD64]) })).slice(0, 2)).toEqual([
    'build web/arm64',
    'verify web/arm64',
  ]);
});

test('an image that was pushed and not verified is verified', () => {
  const facts = factsOf({ [PLACE]: repositoryOf([{ ...AMD64, verified: false }, ARM64]) });
  expect(plan(facts)).toContain('verify web/amd64');
  expect(plan(facts)).not.toContain('build web/amd64');
});

test.each([
  ['older than --max-age', { created: '2026-11-16T11:59:59.000Z' }, {}],
  ['of an unknown age', { created: 'yesterday' }, {}],
  ['of another identity', { identity: 'other' }, {}],
  ['to be built again', {}, { rebuild: true }],
])('an image that is %s is built', (_, change, options) => {
  const facts = factsOf({ [PLACE]: repositoryOf([{ ...AMD64, ...change }, ARM64]) });
  expect(plan(facts, options)).toContain('build web/amd64');
});

test('of pinned packages nothing gets old', () => {
  const manifest = manifestOf();
  const image = { ...manifest.images.web!, packageSource: 'snapshot:20260101T000000Z' };
  const [pinned] = wantedOf({}, { ...manifest, images: { web: image } }) as [typeof WEB];
  const old = { created: '2020-01-01T00:00:00Z' };
  const images = [foundOf(pinned, 'amd64', old), foundOf(pinned, 'arm64', old)];
  expect(plan(factsOf({ [PLACE]: repositoryOf(images) }), {}, [pinned])).toEqual([
    `list web ${PLACE}`,
    `tag web ${PLACE}:latest`,
  ]);
});

test('packages are of the day, and an interrupted build goes on from its own layers', () => {
  const build = (more: object): BuildStep =>
    makePlan([WEB], factsOf({ [PLACE]: repositoryOf([]) }, more), OPTIONS).steps[0] as BuildStep;
  expect(build({})).toMatchObject({ noCache: true, created: '2026-11-23T12:00:00.000Z' });
  const begun = '2026-11-23T11:00:00.000Z';
  expect(build({ begun: { 'web/amd64': begun } })).toMatchObject({ noCache: false, created: begun });
  expect(build({ begun: { 'web/amd64': '2026-11-01T00:00:00Z' } })).toMatchObject({ noCache: true });
});

test('one architecture is pushed, and the tag waits for the other', () => {
  const [one] = wantedOf({ arch: 'amd64' }) as [typeof WEB];
  const { steps, notes } = makePlan([one], factsOf({ [PLACE]: repositoryOf([]) }), OPTIONS);
  expect(steps.map(({ kind }) => kind)).toEqual(['build', 'verify', 'push']);
  expect(notes.join()).toContain('its tags are not moved, since an architecture is missing (arm64');
});

test('a registry that is down is told, and the other gets everything', () => {
  const down = { where: 'GET', what: 'no answer', next: 'start it' };
  const [both] = wantedOf({
    environment: {
      registries: [{ registry: '127.0.0.1:5000', namespace: 'shop' }, { registry: '127.0.0.1:5001' }],
      repository: '{name}',
      tags: ['{tag}'],
    },
  }) as [typeof WEB];
  const facts = factsOf({ [PLACE]: repositoryOf([]), '127.0.0.1:5001/web': { problem: down } });
  const { steps, unreachable } = makePlan([both], facts, OPTIONS);
  expect(steps).toHaveLength(8);
  expect(unreachable).toEqual([{ destination: '127.0.0.1:5001/web', problem: down }]);
});

test('what one registry has the other gets by a copy, without a build', () => {
  const [both] = wantedOf({
    environment: {
      registries: [{ registry: '127.0.0.1:5000', namespace: 'shop' }, { registry: '127.0.0.1:5001' }],
      repository: '{name}',
      tags: ['{tag}'],
    },
  }) as [typeof WEB];
  const facts = factsOf({ [PLACE]: repositoryOf([AMD64, ARM64]), '127.0.0.1:5001/web': repositoryOf([]) });
  const pushes = makePlan([both], facts, OPTIONS).steps.filter(({ kind }) => kind === 'push');
  expect(pushes).toMatchObject([
    { destination: '127.0.0.1:5001/web', from: PLACE },
    { destination: '127.0.0.1:5001/web', from: PLACE },
  ]);
  expect(plan(facts, {}, [both]).filter((id) => id.startsWith('build'))).toEqual([]);
});

test('gates stand between the list and the tag', () => {
  const sign = { key: 'cosign.key', publicKey: 'cosign.pub', transparencyLog: false };
  const { steps } = makePlan([WEB], factsOf({ [PLACE]: repositoryOf([]) }), {
    ...OPTIONS,
    gates: { verify: 'run', scan: SCAN, sign },
  });
  const tag = steps.at(-1)!;
  expect(tag.kind).toBe('tag');
  expect(tag.needs).toEqual(
    expect.arrayContaining(['scan web/amd64', 'scan web/arm64', `sign web ${PLACE}`, `check-signature web ${PLACE}`]),
  );
});

test('builders are chosen by architecture', () => {
  const { steps } = makePlan([WEB], factsOf({ [PLACE]: repositoryOf([]) }), {
    ...OPTIONS,
    builders: { '': 'here', arm64: 'there' },
  });
  const builds = steps.filter((step): step is BuildStep => step.kind === 'build');
  expect(builds.map(({ builder }) => builder)).toEqual(['here', 'there']);
});

test('two images under one name, and names that no registry takes, are refused together', () => {
  const web = manifestOf();
  const manifest = { ...web, images: { web: web.images.web!, shop: { ...web.images.web!, path: 'shop' } } };
  const environment = { registries: [{ registry: '127.0.0.1:5000' }], repository: 'One', tags: ['{php}', 'a b'] };
  let error: unknown;
  try {
    wantedOf({ environment }, manifest);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(DockerfileGeneratorError);
  expect(String(error)).toContain('shop is published as 127.0.0.1:5000/One:8.4 too');
  expect(String(error)).toContain('no registry takes the repository "One"');
  expect(String(error)).toContain('no registry takes the tag "a b"');
});

test('shards share the work, and none is left', () => {
  const builds = [1, 2, 3].map((index) => {
    const wanted = wantedOf({ shard: { index, count: 3 } });
    return plan(factsOf({ [PLACE]: repositoryOf([]) }), { lists: 'none' }, [wanted[0]!]).filter((id) =>
      id.startsWith('build'),
    );
  });
  expect(builds).toEqual([['build web/amd64'], ['build web/arm64'], []]);
});
