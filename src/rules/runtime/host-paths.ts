import { posix } from 'node:path';
import { flatMap } from '../../config/flat-map';
import type { Finding, FileRule } from '../rule';
import type { RuleSubject } from '../rule-subject';
import { composeFiles, eachService, type ComposeService } from './compose';
import { asFields, asList, isUnset, show } from './fields';
import { boundFiles, boundVolumes, volumesOf, type Mount } from './mounts';
import { clusterFields, eachContainer, eachPod, type Pod } from './pods';

/** RT-008 */
export const HOST_PATHS: FileRule = {
  id: 'RT-008',
  severity: 'CRITICAL',
  kind: 'invariant',
  statement: 'No socket of a container engine, no system directory of the host and no device is mounted',
  why: 'who can talk to the engine, or write into /etc of the host, is root on the host',
  next: 'mount a directory of the application or a named volume',
  sources: [
    'CIS Docker 5.6, 5.18, 5.20, 5.32',
    'OWASP Docker Security Cheat Sheet, rule 1',
    'Pod Security Standards: volume types',
  ],
  check: (subject) => [
    ...eachService(subject, (service) => [...volumesOf(service).flatMap(wrongMount), ...devices(service)]),
    ...composeFiles(subject).flatMap((file) =>
      flatMap([...boundVolumes(file), ...boundFiles(file)], (source) =>
        sensitive(source).map((what) => ({ file: file.path, what })),
      ),
    ),
    ...eachPod(subject, wrongVolumes),
    ...eachContainer(subject, ({ fields }) => [
      ...(asList(fields.volumeDevices, 'volumeDevices').length > 0 ? ['volumeDevices gives a device'] : []),
      ...asList(fields.volumeMounts, 'volumeMounts')
        .map((item) => asFields(item, 'a volumeMount').mountPropagation)
        .filter((value) => !['None', undefined].includes(value as string))
        .map((value) => `mountPropagation is ${show(value)}`),
    ]),
    ...findHostPaths(subject),
  ],
};

/** Directories that belong to the host, with all below them. */
const SYSTEM: readonly string[] = [
  '/bin',
  '/boot',
  '/dev',
  '/etc',
  '/lib',
  '/lib32',
  '/lib64',
  '/proc',
  '/root',
  '/run',
  '/sbin',
  '/sys',
  '/usr',
  '/var/lib/containerd',
  '/var/lib/containers',
  '/var/lib/crio',
  '/var/lib/docker',
  '/var/lib/kubelet',
  '/var/lib/rancher',
  '/var/log',
  '/var/run',
  '/var/spool/cron',
];

/** Directories that hold those of others. */
const WHOLE: readonly string[] = ['/', '/home', '/opt', '/srv', '/tmp', '/var', '/var/lib'];

const ENGINE_SOCKET = /(?:docker|containerd|crio|podman|buildkitd)[^/]*\.sock$/;

/** Directories of keys, in the home of whomever. */
const KEYS = /^\/.*\/\.(?:aws|docker|gnupg|kube|ssh)(?:\/|$)/;

/** A path that climbs far enough is an absolute one. */
function sensitive(source: string): string[] {
  const climbed = source.replace(/^(?:\.\/)*(?:\.\.\/)+/, '/');
  const path = posix.normalize(climbed).replace(/(?<=.)\/$/, '');
  const system = SYSTEM.some((place) => path === place || path.startsWith(`${place}/`)) || WHOLE.includes(path);
  const home = /^~[^/]*(?:$|\/\.)/.test(path);
  return system || home || KEYS.test(path) || ENGINE_SOCKET.test(path) ? [`${source} of the host is mounted`] : [];
}

function wrongMount({ kind, source, options }: Mount): string[] {
  return [
    ...(kind === 'bind' ? sensitive(source) : []),
    ...(['bind', 'volume', 'tmpfs'].includes(kind) ? [] : [`a mount of the type ${kind}`]),
    ...options
      .filter((option) => /^r?(?:shared|slave)$/.test(option))
      .map((option) => `${source} is mounted with the propagation ${option}`),
  ];
}

function devices({ fields }: ComposeService): string[] {
  const deploy = asFields(fields.deploy, 'deploy');
  const { reservations } = asFields(deploy.resources, 'resources');
  const reserved = asFields(reservations, 'reservations').devices;
  return [
    ...['devices', 'device_cgroup_rules', 'gpus', 'volumes_from']
      .filter((name) => !isUnset(fields[name]))
      .map((name) => `${name} is ${show(fields[name])}`),
    ...(isUnset(reserved) ? [] : [`devices are reserved: ${show(reserved)}`]),
  ];
}

/** Volumes of Kubernetes that the Pod Security Standard `restricted` knows. */
const VOLUMES: readonly string[] = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

function wrongVolumes({ spec }: Pod): string[] {
  return asList(spec.volumes, 'volumes')
    .map((item) => asFields(item, 'a volume'))
    .flatMap(({ name, ...kinds }) =>
      Object.keys(kinds)
        .filter((kind) => !VOLUMES.includes(kind))
        .map((kind) => `the volume ${String(name)} is a ${kind}`),
    );
}

/** A PersistentVolume may be a path of the host too. */
function findHostPaths(subject: RuleSubject): Finding[] {
  return clusterFields(subject)
    .filter(({ fields }) => fields.kind === 'PersistentVolume')
    .map(({ path, fields }) => ({ path, spec: asFields(fields.spec, 'spec') }))
    .filter(({ spec }) => !isUnset(spec.hostPath) || !isUnset(spec.local))
    .map(({ path }) => ({ file: path, what: 'a PersistentVolume is a path of the host' }));
}
