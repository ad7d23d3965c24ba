import type { ScanSettings } from '../../../../src/publish/environment';
import { listOf } from '../../../../src/publish/plan/list-steps';
import { makePromotion, type Promotion } from '../../../../src/publish/plan/make-promotion';
import type { Gates } from '../../../../src/publish/plan/plan';
import { renderPlan } from '../../../../src/publish/plan/render-plan';
import { factsOf, foundOf, PLACE, repositoryOf, wantedOf } from '../support';

const [STAGING] = wantedOf() as [ReturnType<typeof wantedOf>[number]];
const [WEB] = wantedOf({
  environment: { registries: [{ registry: 'registry.example.com' }], repository: '{name}', tags: ['{tag}', 'stable'] },
}) as [typeof STAGING];
const TARGET = 'registry.example.com/web';
const AMD64 = foundOf(STAGING, 'amd64');
const ARM64 = foundOf(STAGING, 'arm64');
const LIST = listOf([AMD64, ARM64]);
const INDEX = JSON.parse(LIST.bytes.toString()) as ReturnType<typeof JSON.parse>;
const AT_TAG = { digest: LIST.digest, index: INDEX };
const SOURCE = repositoryOf([AMD64, ARM64], { tags: { latest: AT_TAG } });
const DOWN = { where: 'GET', what: 'no answer', next: 'start it' };

const SCAN: ScanSettings = {
  scanner: 'trivy',
  severity: 'HIGH',
  fixableOnly: false,
  ignore: [],
  maxDatabaseAge: 48,
  timeout: 600,
};
const SIGN = { key: 'cosign.key', publicKey: 'cosign.pub', transparencyLog: false };

function promote(
  repositories: Parameters<typeof factsOf>[0],
  gates: Partial<Gates> = {},
  more: Partial<Promotion> = {},
): ReturnType<typeof makePromotion> {
  const promotion = { image: WEB, from: STAGING.destinations[0]!, signsAgain: false, ...more };
  return makePromotion([promotion], factsOf(repositories), 'production', { verify: 'run', ...gates });
}

const EMPTY = repositoryOf([]);

test('an image is copied by digest, and its tags move last', () => {
  const { plan, problems } = promote({ [PLACE]: SOURCE, [TARGET]: EMPTY });
  expect(problems).toEqual([]);
  expect(renderPlan(plan)).toMatchInlineSnapshot(`
   "production: 5 steps
     push web/amd64 registry.example.com/web           from 127.0.0.1:5000/shop/web
     push web/arm64 registry.example.com/web           from 127.0.0.1:5000/shop/web
     list web (amd64, arm64) registry.example.com/web  copied as it is
     tag web registry.example.com/web:latest           it is new
     tag web registry.example.com/web:stable           it is new
   "
  `);
  expect(plan.steps).toMatchInlineSnapshot(`
   [
     {
       "architecture": "amd64",
       "destination": "registry.example.com/web",
       "from": "127.0.0.1:5000/shop/web",
       "id": "push web/amd64 registry.example.com/web",
       "image": "web",
       "kind": "push",
       "needs": [],
       "reason": "from 127.0.0.1:5000/shop/web",
     },
     {
       "architecture": "arm64",
       "destination": "registry.example.com/web",
       "from": "127.0.0.1:5000/shop/web",
       "id": "push web/arm64 registry.example.com/web",
       "image": "web",
       "kind": "push",
       "needs": [],
       "reason": "from 127.0.0.1:5000/shop/web",
     },
     {
       "architectures": [
         "amd64",
         "arm64",
       ],
       "copyOf": {
         "destination": "127.0.0.1:5000/shop/web",
         "digest": "sha256:829566ae59fbc28724ddab7509eac29ab5e4bd17116d520836629d6ed7cce1ba",
       },
       "destination": "registry.example.com/web",
       "id": "list web registry.example.com/web",
       "image": "web",
       "keeps": [],
       "kind": "list",
       "needs": [
         "push web/amd64 registry.example.com/web",
         "push web/arm64 registry.example.com/web",
       ],
       "reason": "copied as it is",
     },
     {
       "before": undefined,
       "destination": "registry.example.com/web",
       "id": "tag web registry.example.com/web:latest",
       "image": "web",
       "kind": "tag",
       "needs": [
         "push web/amd64 registry.example.com/web",
         "push web/arm64 registry.example.com/web",
         "list web registry.example.com/web",
       ],
       "reason": "it is new",
       "tag": "latest",
     },
     {
       "before": undefined,
       "destination": "registry.example.com/web",
       "id": "tag web registry.example.com/web:stable",
       "image": "web",
       "kind": "tag",
       "needs": [
         "push web/amd64 registry.example.com/web",
         "push web/arm64 registry.example.com/web",
         "list web registry.example.com/web",
       ],
       "reason": "it is new",
       "tag": "stable",
     },
   ]
  `);
});

test('what is copied is known, and was not scanned by the rules of this environment', () => {
  const { plan } = promote({ [PLACE]: SOURCE, [TARGET]: EMPTY });
  expect(plan).toMatchObject({
    version: 1,
    environment: 'production',
    gates: { verify: 'run' },
    destinations: WEB.destinations,
    unreachable: [],
    notes: [],
  });
  expect(plan.found).toEqual({
    'web/amd64': { ...AMD64, scanned: false },
    'web/arm64': { ...ARM64, scanned: false },
  });
});

test('what is scanned, and signed by others, is copied when the scan has passed, and its signature is checked', () => {
  const { plan } = promote({ [PLACE]: SOURCE, [TARGET]: EMPTY }, { scan: SCAN, sign: SIGN });
  expect(plan.steps.map(({ id, needs, reason }) => ({ id, needs, reason }))).toMatchInlineSnapshot(`
   [
     {
       "id": "scan web/amd64",
       "needs": [],
       "reason": "trivy",
     },
     {
       "id": "scan web/arm64",
       "needs": [],
       "reason": "trivy",
     },
     {
       "id": "push web/amd64 registry.example.com/web",
       "needs": [
         "scan web/amd64",
         "scan web/arm64",
       ],
       "reason": "from 127.0.0.1:5000/shop/web",
     },
     {
       "id": "push web/arm64 registry.example.com/web",
       "needs": [
         "scan web/amd64",
         "scan web/arm64",
       ],
       "reason": "from 127.0.0.1:5000/shop/web",
     },
     {
       "id": "list web registry.example.com/web",
       "needs": [
         "push web/amd64 registry.example.com/web",
         "push web/arm64 registry.example.com/web",
       ],
       "reason": "copied as it is",
     },
     {
       "id": "check-signature web registry.example.com/web",
       "needs": [
         "list web registry.example.com/web",
       ],
       "reason": "its signature was copied",
     },
     {
       "id": "tag web registry.example.com/web:latest",
       "needs": [
         "scan web/amd64",
         "scan web/arm64",
         "push web/amd64 registry.example.com/web",
         "push web/arm64 registry.example.com/web",
         "list web registry.example.com/web",
         "check-signature web registry.example.com/web",
       ],
       "reason": "it is new",
     },
     {
       "id": "tag web registry.example.com/web:stable",
       "needs": [
         "scan web/amd64",
         "scan web/arm64",
         "push web/amd64 registry.example.com/web",
         "push web/arm64 registry.example.com/web",
         "list web registry.example.com/web",
         "check-signature web registry.example.com/web",
       ],
       "reason": "it is new",
     },
   ]
  `);
  expect(plan.steps[0]).toMatchInlineSnapshot(`
   {
     "architecture": "amd64",
     "by": "digest",
     "id": "scan web/amd64",
     "image": "web",
     "kind": "scan",
     "needs": [],
     "reason": "trivy",
   }
  `);
});

test('an environment with a signer of its own signs again, and checks that', () => {
  const { plan } = promote({ [PLACE]: SOURCE, [TARGET]: EMPTY }, { sign: SIGN }, { signsAgain: true });
  expect(plan.steps.filter(({ kind }) => /sign/.test(kind))).toMatchInlineSnapshot(`
   [
     {
       "by": "digest",
       "destination": "registry.example.com/web",
       "id": "sign web registry.example.com/web",
       "image": "web",
       "kind": "sign",
       "needs": [
         "list web registry.example.com/web",
       ],
       "reason": "by the signer of this environment",
     },
     {
       "by": "digest",
       "destination": "registry.example.com/web",
       "id": "check-signature web registry.example.com/web",
       "image": "web",
       "kind": "check-signature",
       "needs": [
         "sign web registry.example.com/web",
       ],
       "reason": "it was signed",
     },
   ]
  `);
  const [latest] = plan.steps.filter(({ kind }) => kind === 'tag');
  expect(latest!.needs).toEqual(expect.arrayContaining([`sign web ${TARGET}`, `check-signature web ${TARGET}`]));
});

const THERE = repositoryOf([AMD64, ARM64], {
  tags: { latest: AT_TAG, stable: AT_TAG },
  lists: [LIST.digest],
});

test('what is there already, at every tag and signed, is left alone', () => {
  expect(promote({ [PLACE]: SOURCE, [TARGET]: THERE }).plan.steps).toEqual([]);
  const signed = { ...THERE, signed: [LIST.digest] };
  expect(promote({ [PLACE]: SOURCE, [TARGET]: signed }, { sign: SIGN, scan: SCAN }).plan.steps).toEqual([]);
});

test('what is there and not signed is copied with its signature, and no tag moves', () => {
  const { steps } = promote({ [PLACE]: SOURCE, [TARGET]: THERE }, { sign: SIGN }).plan;
  expect(steps.map(({ kind }) => kind)).toEqual(['push', 'push', 'list', 'check-signature']);
});

test('one tag that points elsewhere is moved, and told from where', () => {
  const old = { digest: `sha256:${'c'.repeat(64)}` };
  const { steps } = promote({
    [PLACE]: SOURCE,
    [TARGET]: { ...THERE, tags: { latest: AT_TAG, stable: old } },
  }).plan;
  expect(steps.filter(({ kind }) => kind === 'tag')).toEqual([
    expect.objectContaining({ tag: 'stable', before: old.digest, reason: 'it points elsewhere' }),
  ]);
});

const ONLY_AMD64 = JSON.parse(listOf([AMD64]).bytes.toString()) as ReturnType<typeof JSON.parse>;

test.each([
  ['is not there', repositoryOf([]), 'it is not there'],
  ['is no list', repositoryOf([AMD64], { tags: { latest: { digest: AMD64.digest } } }), 'it has no amd64, arm64'],
  [
    'lacks an architecture',
    repositoryOf([AMD64], { tags: { latest: { digest: 'sha256:x', index: ONLY_AMD64 } } }),
    'it has no arm64',
  ],
])('an image that %s is a problem, and nothing is planned for it', (_, source, what) => {
  const { plan, problems } = promote({ [PLACE]: source, [TARGET]: EMPTY });
  expect(problems).toEqual([{ where: `${PLACE}:latest`, what, next: 'publish to that environment first' }]);
  expect(plan.steps).toEqual([]);
  expect(plan.found).toEqual({});
});

test('a source that is down is a problem; one that nobody asked has nothing', () => {
  expect(promote({ [PLACE]: { problem: DOWN }, [TARGET]: EMPTY }).problems).toEqual([DOWN]);
  expect(promote({ [TARGET]: EMPTY }).problems).toMatchObject([{ what: 'it is not there' }]);
});

test('a destination that is down gets nothing, and is told', () => {
  const { plan } = promote({ [PLACE]: SOURCE, [TARGET]: { problem: DOWN } });
  expect(plan.steps).toEqual([]);
  expect(plan.unreachable).toEqual([{ destination: TARGET, problem: DOWN }]);
});
