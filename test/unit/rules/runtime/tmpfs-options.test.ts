import { foundInRun, pod, service } from './support';
import type { WritableFacts } from '../../../../src/rules/image-facts';
import { saying } from '../written';

const DECLARED: readonly WritableFacts[] = [
  { path: '/tmp', kind: 'tmpfs', exec: false, mode: '1777' },
  { path: '/run', kind: 'tmpfs', exec: true, mode: '0755' },
  { path: '/data', kind: 'volume', exec: false, mode: '0770' },
];
const TMP = '/tmp:rw,noexec,nosuid,nodev,size=64m,uid=10001,mode=1777';
const RUN = '/run:rw,exec,nosuid,nodev,size=16m,uid=10001,mode=0755';

/** What is found where these are mounted. */
function foundIn(tmpfs: readonly string[], volumes: readonly string[] = [], path = 'compose.yaml'): string[] {
  const list = (name: string, items: readonly string[]): string =>
    [`${name}:`, ...items.map((item) => `  - ${item}`)].join('\n');
  const base = service(list('tmpfs', [TMP, RUN]));
  const files = { 'compose.yaml': base, [path]: service([list('tmpfs', tmpfs), list('volumes', volumes)].join('\n')) };
  return foundInRun('RT-005', files, { writablePaths: DECLARED });
}

describe('a tmpfs', () => {
  it.each([
    ['of bytes', TMP.replace('64m', '67108864')],
    ['of one digit', TMP.replace('64m', '4m')],
    ['of three digits', TMP.replace('64m', '128M')],
    ['of gigabytes', TMP.replace('64m', '1g')],
    ['whose mode has a zero more', TMP.replace('1777', '01777')],
  ])('%s passes', (_, mount) => {
    expect(foundIn([mount, RUN])).toEqual([]);
  });

  it('that the image does not know of passes by the same options', () => {
    expect(foundIn([TMP, RUN, '/cache:noexec,nosuid,nodev,size=1g,uid=10001'])).toEqual([]);
  });

  it('that the image does not know of runs no programs', () => {
    expect(foundIn([TMP, RUN, '/cache:exec,nosuid,nodev,size=1g,uid=10001'])).toEqual(
      saying(['the tmpfs /cache lacks noexec', 'the tmpfs /cache has exec']),
    );
  });

  it.each([
    ['whose mount takes back what it says before', TMP.replace('rw,', 'rw,suid,dev,exec,'), ['suid', 'dev', 'exec']],
    ['that s6 needs to run programs from', RUN.replace('nodev', 'nodev,noexec'), ['noexec']],
  ])('%s is refused', (_, mount, names) => {
    const mounts = mount.startsWith('/tmp') ? [mount, RUN] : [TMP, mount];
    const target = mount.slice(0, 4);
    expect(foundIn(mounts)).toEqual(
      names.map((name) => `compose.yaml: the service web: the tmpfs ${target} has ${name}`),
    );
  });

  it.each([
    ['of root', TMP.replace('uid=10001', 'uid=0'), 'does not belong to 10001'],
    ['of nobody', TMP.replace('uid=10001,', ''), 'does not belong to 10001'],
    ['of half of the memory', TMP.replace('64m', '50%'), 'has no size'],
    ['of any size', TMP.replace('64m', '0'), 'has no size'],
    ['of a size below 0', TMP.replace('64m', '-64m'), 'has no size'],
    ['that others may take files from', TMP.replace('1777', '0777'), 'has the mode 0777, not 1777'],
    ['without a mode', TMP.replace(',mode=1777', ''), 'has the mode of the engine, not 1777'],
  ])('%s is refused', (_, mount, says) => {
    expect(foundIn([mount, RUN])).toEqual([`compose.yaml: the service web: the tmpfs /tmp ${says}`]);
  });

  it('that is forgotten is missed', () => {
    expect(foundIn([TMP])).toEqual(['compose.yaml: the service web: /run is not mounted as a tmpfs']);
  });
});

describe('below volumes', () => {
  it('a volume may be mounted where the image has one', () => {
    expect(foundIn([TMP, RUN], ['data:/data', '{ type: volume, source: data, target: /more }'])).toEqual([]);
  });

  it.each([
    ['a named volume', 'cache:/run', '/run'],
    ['a directory of the host', './tmp:/tmp', '/tmp'],
    ['a tmpfs of the long form', '{ type: tmpfs, target: /cache }', '/cache'],
    ['a tmpfs of the long form that the image knows of', '{ type: tmpfs, target: /tmp }', '/tmp'],
  ])('%s does not take the place of a tmpfs', (_, volume, target) => {
    expect(foundIn([TMP, RUN], [volume])).toEqual([
      `compose.yaml: the service web: ${target} is mounted below volumes, not below tmpfs with its options`,
    ]);
  });
});

describe('a file that is laid over compose.yaml', () => {
  it('may mount no tmpfs', () => {
    expect(foundIn([], ['data:/data'], 'compose.dev.yaml')).toEqual([]);
  });

  it('gives the options of one that it mounts again', () => {
    expect(foundIn(['/tmp:size=1g,uid=10001,mode=1777'], [], 'compose.dev.yaml')).toEqual(
      saying(['/tmp lacks nosuid', '/tmp lacks nodev', '/tmp lacks noexec']),
    );
  });
});

describe('a volume of a pod', () => {
  const foundInPod = (spec: string): string[] =>
    foundInRun('RT-005', { 'kubernetes.yaml': pod('image: shop', spec) }, { writablePaths: [] });

  it.each(['emptyDir: { sizeLimit: 64Mi }', 'configMap: { name: shop }'])('may be %s', (volume) => {
    expect(foundInPod(`volumes: [{ name: tmp, ${volume} }]`)).toEqual([]);
  });

  it.each([
    'emptyDir: {}',
    'emptyDir: { medium: Memory }',
    ...['null', '0', '"0"', '-1', '""'].map((limit) => `emptyDir: { sizeLimit: ${limit} }`),
    'emptyDir: null',
  ])('is not %s', (volume) => {
    expect(foundInPod(`volumes: [{ name: tmp, ${volume} }]`)).toEqual([
      'kubernetes.yaml: the pod: the emptyDir tmp has no sizeLimit',
    ]);
  });

  it.each([
    ['volumes: { name: tmp }', 'volumes is not a list'],
    ['volumes: [tmp]', 'a volume is not a mapping'],
    ['volumes: [{ name: tmp, emptyDir: Memory }]', 'emptyDir is not a mapping'],
  ])('that cannot be read does not pass: %s', (spec, says) => {
    expect(foundInPod(spec)).toEqual(saying([`could not be checked: ${says}`]));
  });
});
