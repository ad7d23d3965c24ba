import type { WritableFacts } from '../image-facts';
import type { FileRule } from '../rule';
import type { RuleSubject } from '../rule-subject';
import { eachService, type ComposeService } from './compose';
import { asFields, asList } from './fields';
import { isAmount } from './limits';
import { tmpfsOf, volumesOf, type Tmpfs } from './mounts';
import { eachPod, type Pod } from './pods';

/** RT-005 */
export const TMPFS_OPTIONS: FileRule = {
  id: 'RT-005',
  severity: 'HIGH',
  kind: 'invariant',
  statement: 'Each tmpfs belongs to the user of the image, has a size, and runs programs only where s6 needs them',
  why: 'a tmpfs without a size takes all memory, and one with exec is where a program that was brought in starts from; without exec on /run s6 does not start',
  next: 'declare the path by addWritablePath with its mode and size, and leave the options of the mount to it',
  fix: 'compose.yaml and kubernetes.yaml write the options from the writable paths of the image',
  sources: ['CIS Docker 5.13', 's6-overlay: preinit'],
  check: (subject) => [
    ...eachService(subject, (service) => inCompose(service, subject)),
    ...eachPod(subject, unbounded),
  ],
};

function inCompose(service: ComposeService, subject: RuleSubject): string[] {
  const mounted = tmpfsOf(service);
  const declared = subject.facts.writablePaths.filter(({ kind }) => kind === 'tmpfs');
  return [
    ...volumesOf(service)
      .filter(({ kind, target }) => kind === 'tmpfs' || declared.some(({ path }) => path === target))
      .map(({ target }) => `${target} is mounted below volumes, not below tmpfs with its options`),
    ...mounted.flatMap((mount) =>
      wrongOptions(
        mount,
        declared.find(({ path }) => path === mount.target),
        subject,
      ).map((what) => `the tmpfs ${mount.target} ${what}`),
    ),
    ...(service.overlay ? [] : declared)
      .filter(({ path }) => !mounted.some(({ target }) => target === path))
      .map(({ path }) => `${path} is not mounted as a tmpfs`),
  ];
}

function wrongOptions({ options }: Tmpfs, declared: WritableFacts | undefined, { facts }: RuleSubject): string[] {
  const [uid = ''] = facts.user.split(':');
  const exec = declared?.exec ?? false;
  const size = options.get('size') ?? '';
  const mode = options.get('mode') ?? '';
  return [
    ...['nosuid', 'nodev', exec ? 'exec' : 'noexec']
      .filter((name) => !options.has(name))
      .map((name) => `lacks ${name}`),
    ...['suid', 'dev', exec ? 'noexec' : 'exec'].filter((name) => options.has(name)).map((name) => `has ${name}`),
    ...(options.get('uid') === uid ? [] : [`does not belong to ${uid}`]),
    ...(/^[1-9]\d*[kmg]?$/i.test(size) ? [] : ['has no size']),
    ...(declared && Number.parseInt(mode, 8) !== Number.parseInt(declared.mode, 8)
      ? [`has the mode ${mode || 'of the engine'}, not ${declared.mode}`]
      : []),
  ];
}

/** A tmpfs of Kubernetes, an emptyDir, has no options but its size. */
function unbounded({ spec }: Pod): string[] {
  return asList(spec.volumes, 'volumes')
    .map((item) => asFields(item, 'a volume'))
    .filter(({ emptyDir }) => emptyDir !== undefined)
    .filter(({ emptyDir }) => !isAmount(asFields(emptyDir, 'emptyDir').sizeLimit))
    .map(({ name }) => `the emptyDir ${String(name)} has no sizeLimit`);
}
