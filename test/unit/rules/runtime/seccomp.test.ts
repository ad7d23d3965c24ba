import { cluster, foundInRun, overlay, run, type Files, type Row, type SoundRow } from './support';
import { foundInImage, saying } from '../written';

const AT = '/spec/template/spec/containers/0/securityContext/seccompProfile';
const OWN = { type: 'Localhost', localhostProfile: 'shop.json' };

/** A component of one patch. */
function component(patch: unknown): Files {
  const text = typeof patch === 'string' ? patch : JSON.stringify(patch);
  return { 'own/kustomization.yaml': `kind: Component\npatches:\n  - patch: '${text}'\n` };
}

/** A profile of the pod, and one of the container. */
const profiles = (ofPod: string, ofContainer: string): Files =>
  cluster(`securityContext: { ${ofContainer} }`, `securityContext: { ${ofPod} }`);

const DEFAULT = 'seccompProfile: { type: RuntimeDefault }';

describe('RT-006 refuses', () => {
  it.each<Row>([
    [
      'a service that names no profile',
      run('security_opt: [no-new-privileges]'),
      ['compose.yaml: the service web: security_opt names no seccomp profile'],
    ],
    ['a service without options', run(''), ['security_opt names no seccomp profile']],
    [
      'a profile of another path',
      run('security_opt: [seccomp=./other/seccomp.json]'),
      ['seccomp is ./other/seccomp.json, not ./seccomp.json'],
    ],
    [
      'a second profile',
      run('security_opt: [seccomp=seccomp.json, seccomp=unconfined]'),
      ['seccomp is unconfined, not ./seccomp.json'],
    ],
    [
      'no profile in a file over compose.yaml',
      overlay('security_opt: [seccomp:unconfined]'),
      ['compose.dev.yaml: the service web: seccomp is unconfined'],
    ],
    [
      'a container without a profile, in a pod without one',
      profiles('', ''),
      ['kubernetes.yaml: the container web: it has no seccompProfile'],
    ],
    [
      'a pod that is unconfined, whatever its container says',
      profiles('seccompProfile: { type: Unconfined }', DEFAULT),
      ['kubernetes.yaml: the pod: seccompProfile is "Unconfined"'],
    ],
    [
      'a profile that is named, and not used',
      profiles(DEFAULT, 'seccompProfile: { type: Unconfined, localhostProfile: shop.json }'),
      ['the container web: seccompProfile is "Unconfined"'],
    ],
    [
      'a profile of the node without its name',
      profiles(DEFAULT, 'seccompProfile: { type: Localhost }'),
      ['the container web: seccompProfile is "Localhost"'],
    ],
    ['a profile of no type', profiles('seccompProfile: {}', DEFAULT), ['the pod: seccompProfile is absent']],
    [
      'an annotation for older clusters',
      { 'jobs.yaml': 'metadata: { annotations: { seccomp.security.alpha.kubernetes.io/pod: Unconfined } }' },
      ['jobs.yaml: the annotation seccomp.security.alpha.kubernetes.io/pod takes the profile away'],
    ],
  ])('%s', (_, files, says) => {
    expect(foundInRun('RT-006', files)).toEqual(saying(says));
  });

  it('an image without a profile', () => {
    const files = { ...run('security_opt: [seccomp=./seccomp.json]'), ...profiles(DEFAULT, '') };
    expect(foundInImage('RT-006', files)).toEqual(['seccomp.json: it is not there']);
  });
});

describe('RT-006 passes', () => {
  it.each<SoundRow>([
    ['a file over compose.yaml that says nothing of it', overlay('security_opt: [no-new-privileges]')],
    ['the profile of a pod for its container', profiles(DEFAULT, '')],
    ['the profile of a container alone', profiles('', DEFAULT)],
    ['a profile of the node', profiles('seccompProfile: { type: Localhost, localhostProfile: shop.json }', '')],
    [
      'an annotation that names a profile',
      { 'jobs.yaml': 'metadata: { annotations: { seccomp.security.alpha.kubernetes.io/pod: runtime/default } }' },
    ],
    ['an annotation of something else', { 'jobs.yaml': 'metadata: { annotations: { note: unconfined } }' }],
    ['an annotation named as the patches are', { 'jobs.yaml': 'metadata: { annotations: { patches: none } }' }],
    [
      'patches of a kustomization, which RT-002 refuses',
      { 'kustomization.yaml': 'kind: Kustomization\npatches: [{ path: a.yaml }]' },
    ],
  ])('%s', (_, files) => {
    expect(foundInRun('RT-006', files)).toEqual([]);
  });
});

describe('RT-006 refuses a component that does', () => {
  it.each<readonly [story: string, patch: unknown, says: string]>([
    [
      'away with the profile of a pod',
      [{ op: 'remove', path: '/spec/template/spec/securityContext/seccompProfile' }],
      'does "remove" at "/spec/template/spec/securityContext/seccompProfile"',
    ],
    ['something where no profile is', [{ op: 'add', path: AT, value: OWN }], `does "add" at "${AT}"`],
    [
      'something in a part of the profile',
      [{ op: 'replace', path: `${AT}/type`, value: OWN }],
      `does "replace" at "${AT}/type"`,
    ],
    [
      'something elsewhere',
      [{ op: 'replace', path: `/metadata${AT}`, value: OWN }],
      `does "replace" at "/metadata${AT}"`,
    ],
    [
      'more than it may after what it may',
      [
        { op: 'replace', path: AT, value: OWN },
        { op: 'remove', path: '/spec/template/spec/securityContext' },
      ],
      'does "remove" at "/spec/template/spec/securityContext"',
    ],
    ['without a value', [{ op: 'replace', path: AT }], `does "replace" at "${AT}"`],
    ['what leaves it unconfined', [{ op: 'replace', path: AT, value: { type: 'Unconfined' } }], `does "replace" at`],
    ['something that is no list', { op: 'remove', path: AT }, 'does "anything" at "anywhere"'],
    ['something in another form', 'spec: { replicas: 0 }', 'does "anything" at "anywhere"'],
    ['no more than words', ['remove'], 'does "anything" at "anywhere"'],
  ])('%s', (_, patch, says) => {
    expect(foundInRun('RT-006', component(patch))).toEqual(saying([`own/kustomization.yaml: the patch ${says}`]));
  });

  it('what a file of its own says', () => {
    const files = { 'own/kustomization.yaml': 'kind: Component\npatches: [{ path: root.yaml }]' };
    expect(foundInRun('RT-006', files)).toEqual(saying(['does "anything" at "anywhere"']));
  });
});

describe('RT-006 passes a component that replaces', () => {
  it.each([
    '/spec/template/spec/securityContext/seccompProfile',
    '/spec/template/spec/initContainers/0/securityContext/seccompProfile',
    '/spec/template/spec/containers/10/securityContext/seccompProfile',
  ])('%s', (path) => {
    expect(foundInRun('RT-006', component([{ op: 'replace', path, value: OWN }]))).toEqual([]);
  });
});
