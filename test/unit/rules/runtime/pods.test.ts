import { cluster, foundInRun, pod, run, type Files, type Row, type SoundRow } from './support';
import { architecture, foundInImage, saying } from '../written';

const NAMESPACE = 'kind: Namespace\n';
const PRIVILEGED = 'securityContext: { privileged: true }';
const found = (files: Files): string[] => foundInRun('RT-002', files);

describe('a file of a cluster', () => {
  it.each([
    'kustomization.yml',
    'own/jobs.yaml',
    'own/compose.yaml',
    'compose/jobs.yaml',
    'my-compose.yaml',
    'amd64.yaml',
    'old/amd64/jobs.yaml',
  ])('is %s', (path) => {
    expect(found({ [path]: NAMESPACE })).toEqual(saying([`${path}: the Namespace does not enforce`]));
  });

  it.each(['README.yaml.md', 'jobs.yaml.orig', 'jobs-yaml', 'amd64/jobs.yaml', 'arm64/own/jobs.yaml'])(
    'is not %s',
    (path) => {
      const architectures = { amd64: architecture('linux/amd64'), arm64: architecture('linux/arm64') };
      expect(foundInRun('RT-002', { [path]: NAMESPACE }, { architectures })).toEqual([]);
    },
  );

  it('is no file of compose, whatever words stand there', () => {
    const words = run('environment: { kind: Namespace, containers: web }');
    expect(found({ ...words, 'docker-compose.yml': words['compose.yaml']! })).toEqual([]);
  });

  it('is told of in the order of names, whoever wrote them down in another', () => {
    expect(found({ 'second.yaml': NAMESPACE, 'first.yaml': NAMESPACE })).toEqual(saying(['first.yaml', 'second.yaml']));
  });
});

describe('a pod', () => {
  it.each<Row>([
    [
      'in a list',
      { 'jobs.yaml': `kind: List\nitems:\n  - spec: { containers: [{ name: a, ${PRIVILEGED} }] }` },
      ['a:'],
    ],
    ['of a second document', { 'kubernetes.yaml': `${pod('')}---\n${pod(PRIVILEGED)}` }, ['the container web:']],
    ['of another file', { 'jobs.yaml': pod(PRIVILEGED) }, ['jobs.yaml: the container web:']],
    [
      'with what prepares it',
      cluster('', `initContainers: [{ name: prepare, ${PRIVILEGED} }]`),
      ['kubernetes.yaml: the container prepare:'],
    ],
    [
      'with what looks into it',
      cluster('', `ephemeralContainers: [{ name: debug, ${PRIVILEGED} }]`),
      ['kubernetes.yaml: the container debug:'],
    ],
  ])('%s is seen', (_, files, says) => {
    expect(found(files)).toEqual(saying(says));
  });

  it.each<SoundRow>([
    ['values that are nothing', { 'kubernetes.yaml': `metadata:\nstatus: [null]\n${pod('command: [null]')}` }],
    ['settings of a ConfigMap', { 'settings.yaml': 'kind: ConfigMap\ndata: { hostNetwork: "true", hostPID: "1" }' }],
    ['jobs in a file of their own', { 'jobs.yaml': pod('') }],
  ])('beside %s passes', (_, files) => {
    expect(found(files)).toEqual([]);
  });

  it.each<readonly [story: string, files: Files]>([
    ['no manifest', {}],
    ['a manifest of no pod', { 'kubernetes.yaml': 'kind: ConfigMap\ndata: {}' }],
    ['a pod of another file alone', { 'jobs.yaml': pod('') }],
  ])('of the image has to be there: %s', (_, files) => {
    expect(foundInImage('RT-002', { ...run(''), ...files })).toEqual([
      ': could not be checked: kubernetes.yaml is not there, or runs nothing',
    ]);
  });
});
