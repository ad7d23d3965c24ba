import { cluster, foundInRun, overlay, run, type Files } from './support';
import { saying } from '../written';

/** A security context of the pod, and one of the container. */
const contexts = (ofPod: string, ofContainer: string): Files =>
  cluster(`securityContext: { ${ofContainer} }`, `securityContext: { ${ofPod} }`);

describe('RT-013 refuses in a compose file the user', () => {
  it.each(['root', '"0:0"', '10001', '"10001"', '"10001:0"', '"${USER_ID:-0}"'])('%s', (user) => {
    expect(foundInRun('RT-013', run(`user: ${user}`))).toEqual([
      expect.stringMatching(/^compose\.yaml: the service web: user is .*, but that of the image is 10001:10001$/),
    ]);
  });

  it('of a file over compose.yaml', () => {
    expect(foundInRun('RT-013', overlay('user: root'))).toEqual(saying(['compose.dev.yaml: the service web: user is']));
  });
});

describe('RT-013 passes in a compose file', () => {
  it.each(['user: "10001:10001"', 'user: 10001:10001', 'restart: "no"'])('%s', (settings) => {
    expect(foundInRun('RT-013', run(settings))).toEqual([]);
  });
});

describe('RT-013 refuses in manifests', () => {
  it.each<readonly [pod: string, container: string, says: string]>([
    ['runAsNonRoot: true', 'runAsNonRoot: false', 'the container web: runAsNonRoot is not true'],
    ['runAsNonRoot: false', '', 'the container web: runAsNonRoot is not true'],
    ['runAsNonRoot: "true"', '', 'the container web: runAsNonRoot is not true'],
    ['', '', 'the container web: runAsNonRoot is not true'],
    ['runAsNonRoot: true, runAsUser: 0', 'runAsUser: 10001', 'the pod: runAsUser is 0'],
    ['runAsNonRoot: true', 'runAsUser: 0', 'the container web: runAsUser is 0'],
    ['runAsNonRoot: true', 'runAsUser: -1', 'the container web: runAsUser is -1'],
    ['runAsNonRoot: true', 'runAsUser: "10001"', 'the container web: runAsUser is "10001"'],
    ['runAsNonRoot: true', 'runAsUser: root', 'the container web: runAsUser is "root"'],
  ])('{ %s } of a pod with { %s } of its container', (ofPod, ofContainer, says) => {
    expect(foundInRun('RT-013', contexts(ofPod, ofContainer))).toEqual([`kubernetes.yaml: ${says}`]);
  });
});

describe('RT-013 passes in manifests', () => {
  it.each<readonly [pod: string, container: string]>([
    ['runAsNonRoot: true', ''],
    ['', 'runAsNonRoot: true'],
    ['runAsNonRoot: false', 'runAsNonRoot: true'],
    ['runAsNonRoot: true, runAsUser: , runAsGroup: 0', 'runAsUser: 10001'],
    ['runAsNonRoot: true, runAsUser: 123456', 'runAsUser: 1, runAsNonRoot:'],
  ])('{ %s } of a pod with { %s } of its container', (ofPod, ofContainer) => {
    expect(foundInRun('RT-013', contexts(ofPod, ofContainer))).toEqual([]);
  });
});
