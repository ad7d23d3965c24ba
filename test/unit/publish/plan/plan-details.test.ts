import type { ScanSettings } from '../../../../src/publish/environment';
import { listOf } from '../../../../src/publish/plan/list-steps';
import { makePlan } from '../../../../src/publish/plan/make-plan';
import type { PlanOptions } from '../../../../src/publish/plan/options';
import type { Plan } from '../../../../src/publish/plan/plan';
import { renderPlan, renderPlanJson } from '../../../../src/publish/plan/render-plan';
import { factsOf, foundOf, OPTIONS, PLACE, repositoryOf, wantedOf } from '../support';

const [WEB] = wantedOf() as [ReturnType<typeof wantedOf>[number]];
const AMD64 = foundOf(WEB, 'amd64');
const ARM64 = foundOf(WEB, 'arm64');
const LIST = listOf([AMD64, ARM64]);
const INDEX = JSON.parse(LIST.bytes.toString()) as ReturnType<typeof JSON.parse>;
const AT_TAG = { digest: LIST.digest, index: INDEX };
const SCAN: ScanSettings = {
  scanner: 'trivy',
  severity: 'HIGH',
  fixableOnly: false,
  ignore: [],
  maxDatabaseAge: 48,
  timeout: 600,
};
const SIGN = { key: 'cosign.key', publicKey: 'cosign.pub', transparencyLog: false };
const NOTHING = { [PLACE]: repositoryOf([]) };

function plan(
  repositories: Parameters<typeof factsOf>[0],
  options: Partial<PlanOptions> = {},
  { wanted = [WEB], facts = {} }: { wanted?: Array<typeof WEB>; facts?: Parameters<typeof factsOf>[1] } = {},
): Plan {
  return makePlan(wanted, factsOf(repositories, facts), { ...OPTIONS, ...options });
}

const told = ({ steps }: Plan) => steps.map(({ id, needs, reason }) => ({ id, needs, reason }));
const ids = ({ steps }: Plan) => steps.map(({ id }) => id);

test('every step of a publish with all gates says what it needs and why', () => {
  expect(told(plan(NOTHING, { gates: { verify: 'inspect', scan: SCAN, sign: SIGN } }))).toMatchInlineSnapshot(`
   [
     {
       "id": "build web/amd64",
       "needs": [],
       "reason": "it is not there",
     },
     {
       "id": "verify web/amd64",
       "needs": [
         "build web/amd64",
       ],
       "reason": "it was not verified yet",
     },
     {
       "id": "push web/amd64 127.0.0.1:5000/shop/web",
       "needs": [
         "build web/amd64",
         "verify web/amd64",
       ],
       "reason": "it is new",
     },
     {
       "id": "scan web/amd64",
       "needs": [
         "build web/amd64",
         "verify web/amd64",
       ],
       "reason": "trivy",
     },
     {
       "id": "build web/arm64",
       "needs": [],
       "reason": "it is not there",
     },
     {
       "id": "verify web/arm64",
       "needs": [
         "build web/arm64",
       ],
       "reason": "it was not verified yet",
     },
     {
       "id": "push web/arm64 127.0.0.1:5000/shop/web",
       "needs": [
         "build web/arm64",
         "verify web/arm64",
       ],
       "reason": "it is new",
     },
     {
       "id": "scan web/arm64",
       "needs": [
         "build web/arm64",
         "verify web/arm64",
       ],
       "reason": "trivy",
     },
     {
       "id": "list web 127.0.0.1:5000/shop/web",
       "needs": [
         "build web/amd64",
         "verify web/amd64",
         "push web/amd64 127.0.0.1:5000/shop/web",
         "scan web/amd64",
         "build web/arm64",
         "verify web/arm64",
         "push web/arm64 127.0.0.1:5000/shop/web",
         "scan web/arm64",
       ],
       "reason": "a list of all architectures",
     },
     {
       "id": "sign web 127.0.0.1:5000/shop/web",
       "needs": [
         "list web 127.0.0.1:5000/shop/web",
       ],
       "reason": "it is not signed",
     },
     {
       "id": "check-signature web 127.0.0.1:5000/shop/web",
       "needs": [
         "sign web 127.0.0.1:5000/shop/web",
       ],
       "reason": "it was signed",
     },
     {
       "id": "tag web 127.0.0.1:5000/shop/web:latest",
       "needs": [
         "list web 127.0.0.1:5000/shop/web",
         "sign web 127.0.0.1:5000/shop/web",
         "check-signature web 127.0.0.1:5000/shop/web",
         "build web/amd64",
         "verify web/amd64",
         "push web/amd64 127.0.0.1:5000/shop/web",
         "scan web/amd64",
         "build web/arm64",
         "verify web/arm64",
         "push web/arm64 127.0.0.1:5000/shop/web",
         "scan web/arm64",
       ],
       "reason": "it is new",
     },
   ]
  `);
});

test('a build says all that decides what is built', () => {
  const labels = { revision: 'abc' };
  const [build] = plan(NOTHING, { labels, network: 'host', buildContexts: ['base=x'], builders: { '': 'far' } }).steps;
  expect(build).toMatchInlineSnapshot(`
   {
     "architecture": "amd64",
     "buildArguments": {
       "SOURCE_DATE_EPOCH": "1795435200",
     },
     "buildContexts": [
       "base=x",
     ],
     "builder": "far",
     "context": "web/amd64",
     "created": "2026-11-23T12:00:00.000Z",
     "id": "build web/amd64",
     "identity": "7fa221a90886a3aa95d9e0b8eec878f4610666eea00a6a9a00b898d3f8bf1a39",
     "image": "web",
     "kind": "build",
     "labels": {
       "dev.projen-nginx-php.identity": "7fa221a90886a3aa95d9e0b8eec878f4610666eea00a6a9a00b898d3f8bf1a39",
       "org.opencontainers.image.created": "2026-11-23T12:00:00.000Z",
       "revision": "abc",
     },
     "needs": [],
     "network": "host",
     "noCache": true,
     "platform": "linux/amd64",
     "provenance": "max",
     "reason": "it is not there",
     "sbom": true,
   }
  `);
});

test('a build that began at most the greatest age ago goes on, and says so', () => {
  const begun = (at: string) =>
    plan(NOTHING, { maxAge: 3_600_000 }, { facts: { begun: { 'web/amd64': at } } }).steps[0];
  expect(begun('2026-11-23T11:00:00.000Z')).toMatchObject({
    created: '2026-11-23T11:00:00.000Z',
    reason: 'it is not there; an interrupted build goes on',
    noCache: false,
    buildArguments: { SOURCE_DATE_EPOCH: '1795431600' },
  });
  expect(begun('2026-11-23T10:59:59.999Z')).toMatchObject({ created: '2026-11-23T12:00:00.000Z', noCache: true });
});

test('a cache is used where packages are pinned, or where somebody asks for it', () => {
  const pinned = { ...WEB, image: { ...WEB.image, packageSource: 'snapshot:20260101T000000Z' } };
  expect(plan(NOTHING, {}, { wanted: [pinned] }).steps[0]).toMatchObject({ noCache: false });
  expect(plan(NOTHING, { cache: true }).steps[0]).toMatchObject({ noCache: false });
});

test.each([
  ['grype', ['build web/amd64', 'verify web/amd64']],
  ['snyk', ['build web/amd64', 'verify web/amd64', `push web/amd64 ${PLACE}`]],
])('%s scans when it can find the image', (scanner, needs) => {
  const { steps } = plan(NOTHING, { gates: { verify: 'run', scan: { ...SCAN, scanner } as ScanSettings } });
  expect(steps.find(({ id }) => id === 'scan web/amd64')).toMatchObject({ needs, reason: scanner });
});

test('what was scanned is not scanned again', () => {
  const there = { [PLACE]: repositoryOf([AMD64, { ...ARM64, scanned: false }]) };
  expect(ids(plan(there, { gates: { verify: 'run', scan: SCAN } }))).toEqual([
    'scan web/arm64',
    `list web ${PLACE}`,
    `tag web ${PLACE}:latest`,
  ]);
});

test('without a push the images are built and loaded, each under a tag of its own, and no registry is told of', () => {
  const down = { [PLACE]: { problem: { where: 'GET', what: 'no answer', next: 'start it' } } };
  const both = plan(down, { push: false });
  expect(told(both)).toMatchInlineSnapshot(`
   [
     {
       "id": "build web/amd64",
       "needs": [],
       "reason": "it is not there",
     },
     {
       "id": "load web/amd64",
       "needs": [
         "build web/amd64",
       ],
       "reason": "not pushed",
     },
     {
       "id": "build web/arm64",
       "needs": [],
       "reason": "it is not there",
     },
     {
       "id": "load web/arm64",
       "needs": [
         "build web/arm64",
       ],
       "reason": "not pushed",
     },
   ]
  `);
  expect(renderPlan(both)).toMatchInlineSnapshot(`
   "test: 4 steps
     build web/amd64                          it is not there
     load web/amd64 as shop/web:latest-amd64  not pushed
     build web/arm64                          it is not there
     load web/arm64 as shop/web:latest-arm64  not pushed
   "
  `);
  expect(both).toMatchObject({ unreachable: [], notes: [] });
  const [one] = wantedOf({ arch: 'amd64' }) as [typeof WEB];
  expect(plan(NOTHING, { push: false }, { wanted: [one] }).steps.at(-1)).toMatchObject({
    reference: 'shop/web:latest',
  });
});

test('without a registry that answers nothing is built, and that is told', () => {
  const problem = { where: 'GET', what: 'no answer', next: 'start it' };
  const nothing = plan({ [PLACE]: { problem } });
  expect(renderPlan(nothing)).toMatchInlineSnapshot(`
   "test: nothing to do
     unreachable: 127.0.0.1:5000/shop/web: no answer
     note: web: none of its registries answers
   "
  `);
  expect(nothing.notes).toEqual(['web: none of its registries answers']);
});

test('one step is one step', () => {
  const there = { [PLACE]: repositoryOf([AMD64, ARM64], { lists: [LIST.digest] }) };
  expect(renderPlan(plan(there))).toContain('test: 1 step\n');
  expect(JSON.parse(renderPlanJson(plan(there)))).toEqual(JSON.parse(JSON.stringify(plan(there))));
});

test('what nobody builds has to be there', () => {
  const one = { [PLACE]: repositoryOf([AMD64, { ...ARM64, identity: 'other' }]) };
  const without = plan(one, { build: false });
  expect(ids(without)).toEqual([]);
  expect(without.notes).toEqual([
    'web: its tags are not moved, since an architecture is missing (arm64: it is in no registry as the manifest describes it)',
  ]);
  const neither = plan(NOTHING, { build: false });
  expect(neither.notes).toEqual([
    'web: its tags are not moved, since an architecture is missing (amd64: it is in no registry as the manifest describes it; arm64: it is in no registry as the manifest describes it)',
  ]);
  expect(plan(NOTHING, { build: false, lists: 'none' }).notes).toEqual([]);
  expect(plan(NOTHING, { build: false, push: false }).notes).toEqual([]);
});

test.each([
  ['--rebuild', {}, { rebuild: true }],
  ['its inputs have changed', { identity: 'other' }, {}],
  ['it is of 2026-11-16T11:59:59.999Z: older than --max-age', { created: '2026-11-16T11:59:59.999Z' }, {}],
  ['it is of unknown age: older than --max-age', { created: '' }, {}],
])('an image is built since %s', (reason, change, options) => {
  const [build] = plan({ [PLACE]: repositoryOf([{ ...AMD64, ...change }, ARM64]) }, options).steps;
  expect(build).toMatchObject({ id: 'build web/amd64', reason });
});

test('an image of just the greatest age is young enough', () => {
  const there = { [PLACE]: repositoryOf([{ ...AMD64, created: '2026-11-16T12:00:00.000Z' }, ARM64]) };
  expect(ids(plan(there))).toEqual([`list web ${PLACE}`, `tag web ${PLACE}:latest`]);
});

test('of several images the newest is used; of one, what is verified, and then what is kept here', () => {
  const other = (digit: string, more: object) => ({ ...AMD64, digest: `sha256:${digit.repeat(64)}`, ...more });
  const older = other('1', { created: '2026-11-20T12:00:00.000Z' });
  const newer = other('2', { created: '2026-11-22T13:00:00.000Z' });
  const twin = other('3', { created: '2026-11-22T13:00:00.000Z' });
  const used = (...images: Array<typeof AMD64>) =>
    plan({ [PLACE]: repositoryOf([...images, ARM64]) }).found['web/amd64']?.digest;
  expect(used(older, newer)).toBe(newer.digest);
  expect(used(newer, older)).toBe(newer.digest);
  expect(used(twin, newer)).toBe(newer.digest);
  expect(used(newer, twin)).toBe(newer.digest);
  const local = (more: object, pushed: object) =>
    plan(
      { [PLACE]: repositoryOf([{ ...AMD64, ...pushed }, ARM64]) },
      {},
      { facts: { local: { 'web/amd64': { ...AMD64, ...more } } } },
    ).found['web/amd64'];
  expect(local({ verified: false, layout: '/here' }, {})).toMatchObject({ verified: true });
  expect(local({ layout: '/here' }, {})).toMatchObject({ layout: '/here' });
});

const [BOTH] = wantedOf({
  environment: {
    registries: [{ registry: '127.0.0.1:5000', namespace: 'shop' }, { registry: '127.0.0.1:5001' }],
    repository: '{name}',
    tags: ['{tag}'],
  },
}) as [typeof WEB];
const SECOND = '127.0.0.1:5001/web';

test('a registry gets what it has not: from this machine, or from the one that has it', () => {
  const facts = { [PLACE]: repositoryOf([AMD64, ARM64]), [SECOND]: repositoryOf([]) };
  const pushes = (local: Record<string, typeof AMD64>) =>
    plan(facts, {}, { wanted: [BOTH], facts: { local } }).steps.filter(({ kind }) => kind === 'push');
  expect(pushes({})).toMatchInlineSnapshot(`
   [
     {
       "architecture": "amd64",
       "destination": "127.0.0.1:5001/web",
       "from": "127.0.0.1:5000/shop/web",
       "id": "push web/amd64 127.0.0.1:5001/web",
       "image": "web",
       "kind": "push",
       "needs": [],
       "reason": "it is not in this registry",
     },
     {
       "architecture": "arm64",
       "destination": "127.0.0.1:5001/web",
       "from": "127.0.0.1:5000/shop/web",
       "id": "push web/arm64 127.0.0.1:5001/web",
       "image": "web",
       "kind": "push",
       "needs": [],
       "reason": "it is not in this registry",
     },
   ]
  `);
  expect(pushes({ 'web/amd64': { ...AMD64, layout: '/here' } })[0]).toMatchObject({ from: undefined });
  const nowhere = plan(
    { [PLACE]: repositoryOf([]) },
    {},
    { facts: { local: { 'web/amd64': { ...AMD64, layout: '/x' } } } },
  );
  expect(nowhere.steps[0]).toMatchObject({ id: `push web/amd64 ${PLACE}`, from: undefined, needs: [] });
});

test('a registry that has another image of the repository still gets this one', () => {
  const facts = { [PLACE]: repositoryOf([AMD64, ARM64]), [SECOND]: repositoryOf([ARM64]) };
  const pushes = plan(facts, {}, { wanted: [BOTH] }).steps.filter(({ kind }) => kind === 'push');
  expect(pushes).toMatchObject([{ id: `push web/amd64 ${SECOND}`, from: PLACE }]);
});

test('a scanner that asks a registry waits for the first push alone', () => {
  const gates = { verify: 'run', scan: { ...SCAN, scanner: 'clair' } } as const;
  const facts = { [PLACE]: repositoryOf([]), [SECOND]: repositoryOf([]) };
  const scan = plan(facts, { gates }, { wanted: [BOTH] }).steps.find(({ id }) => id === 'scan web/amd64')!;
  expect(scan.needs).toEqual(['build web/amd64', 'verify web/amd64', `push web/amd64 ${PLACE}`]);
});

test('a new list of all architectures keeps nothing of the one at the tag', () => {
  const older = listOf([AMD64]);
  const index = JSON.parse(older.bytes.toString()) as ReturnType<typeof JSON.parse>;
  const there = repositoryOf([AMD64, ARM64], { tags: { latest: { digest: older.digest, index } } });
  expect(plan({ [PLACE]: there }).steps[0]).toMatchObject({
    kind: 'list',
    architectures: ['amd64', 'arm64'],
    keeps: [],
    base: undefined,
    reason: 'a list of all architectures',
  });
});

test('the list of a registry waits for the pushes to it alone, and for what every registry needs', () => {
  const { steps } = plan({ [PLACE]: repositoryOf([]), [SECOND]: repositoryOf([]) }, {}, { wanted: [BOTH] });
  const list = steps.find(({ id }) => id === `list web ${SECOND}`)!;
  expect(list.needs).toEqual([
    'build web/amd64',
    'verify web/amd64',
    `push web/amd64 ${SECOND}`,
    'build web/arm64',
    'verify web/arm64',
    `push web/arm64 ${SECOND}`,
  ]);
});

test('what is at its tag and not signed is signed, and nothing else', () => {
  const there = repositoryOf([AMD64, ARM64], { tags: { latest: AT_TAG }, lists: [LIST.digest] });
  expect(told(plan({ [PLACE]: there }, { gates: { verify: 'run', sign: SIGN } }))).toMatchInlineSnapshot(`
   [
     {
       "id": "sign web 127.0.0.1:5000/shop/web",
       "needs": [
         "list web 127.0.0.1:5000/shop/web",
       ],
       "reason": "it is not signed",
     },
     {
       "id": "check-signature web 127.0.0.1:5000/shop/web",
       "needs": [
         "sign web 127.0.0.1:5000/shop/web",
       ],
       "reason": "it was signed",
     },
   ]
  `);
  const signed = { ...there, signed: [LIST.digest] };
  expect(ids(plan({ [PLACE]: signed }, { gates: { verify: 'run', sign: SIGN } }))).toEqual([]);
});

test('a tag that points elsewhere is told with what it pointed to', () => {
  const old = { digest: `sha256:${'c'.repeat(64)}` };
  const there = repositoryOf([AMD64, ARM64], { tags: { latest: old }, lists: [LIST.digest] });
  expect(plan({ [PLACE]: there }).steps).toMatchObject([
    { kind: 'tag', tag: 'latest', before: old.digest, reason: 'it points elsewhere', image: 'web', destination: PLACE },
  ]);
});

const [ONE] = wantedOf({ arch: 'amd64' }) as [typeof WEB];

test('an update puts the selected architecture into the list at the tag, and keeps the others', () => {
  const there = repositoryOf([AMD64, ARM64], { tags: { latest: AT_TAG }, lists: [LIST.digest] });
  const { steps } = plan({ [PLACE]: there }, { lists: 'update' }, { wanted: [ONE] });
  expect(steps).toMatchInlineSnapshot(`
   [
     {
       "architectures": [
         "amd64",
       ],
       "base": "latest",
       "destination": "127.0.0.1:5000/shop/web",
       "id": "list web 127.0.0.1:5000/shop/web",
       "image": "web",
       "keeps": [
         "arm64",
       ],
       "kind": "list",
       "needs": [],
       "reason": "update amd64",
     },
     {
       "before": "sha256:829566ae59fbc28724ddab7509eac29ab5e4bd17116d520836629d6ed7cce1ba",
       "destination": "127.0.0.1:5000/shop/web",
       "id": "tag web 127.0.0.1:5000/shop/web:latest",
       "image": "web",
       "kind": "tag",
       "needs": [
         "list web 127.0.0.1:5000/shop/web",
       ],
       "reason": "it points elsewhere",
       "tag": "latest",
     },
   ]
  `);
  const first = plan(NOTHING, { lists: 'update' }, { wanted: [ONE] }).steps.find(({ kind }) => kind === 'list');
  expect(first).toMatchObject({ reason: 'a list of all architectures', keeps: [], base: undefined });
});

test('a removal builds nothing, and keeps the others', () => {
  const there = repositoryOf([AMD64, ARM64], { tags: { latest: AT_TAG }, lists: [LIST.digest] });
  const removal = plan({ [PLACE]: there }, { lists: 'remove', rebuild: true }, { wanted: [ONE] });
  expect(removal.found).toEqual({});
  expect(removal.steps).toMatchObject([
    { kind: 'list', architectures: [], keeps: ['arm64'], base: 'latest', reason: 'remove amd64', needs: [] },
    { kind: 'tag', tag: 'latest', before: LIST.digest },
  ]);
});

test('without lists each selected architecture is pushed, and no tag is touched', () => {
  expect(ids(plan(NOTHING, { lists: 'none' }, { wanted: [ONE] }))).toEqual([
    'build web/amd64',
    'verify web/amd64',
    `push web/amd64 ${PLACE}`,
  ]);
  expect(
    ids(plan({ [PLACE]: repositoryOf([{ ...ARM64, verified: false }, AMD64]) }, { lists: 'none' }, { wanted: [ONE] })),
  ).toEqual([]);
});

test('what is not selected is used as it is, however old, and is verified before it is joined', () => {
  const old = { ...ARM64, created: '2020-01-01T00:00:00Z', verified: false };
  const { steps, found } = plan({ [PLACE]: repositoryOf([AMD64, old]) }, {}, { wanted: [ONE] });
  expect(steps.map(({ id }) => id)).toEqual(['verify web/arm64', `list web ${PLACE}`, `tag web ${PLACE}:latest`]);
  expect(found).toEqual({ 'web/amd64': AMD64, 'web/arm64': old });
});
