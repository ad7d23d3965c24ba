import { flatMap } from '../../config/flat-map';
import type { Finding, FileRule } from '../rule';
import type { RuleSubject } from '../rule-subject';
import { composeFiles, eachService, securityOptions, type ComposeService } from './compose';
import { asFields, asList, isUnset, show, type Fields } from './fields';
import { allFields, clusterFields, clusterFiles, eachContainer, eachPod } from './pods';

/** RT-002 */
export const OWN_NAMESPACES: FileRule = {
  id: 'RT-002',
  severity: 'CRITICAL',
  kind: 'invariant',
  statement: 'The container is not privileged and shares no namespace with its host',
  why: 'a privileged container, or one that sees the processes and the network of its host, is the host',
  next: 'take it out; what is to be seen of the host is mounted or published by itself',
  sources: [
    'CIS Docker 5.5, 5.10, 5.16, 5.17, 5.21, 5.31',
    'Pod Security Standards: privileged containers, host namespaces, sysctls',
  ],
  check: (subject) => [
    ...eachService(subject, (service) => [...shared(service), ...options(service), ...hooks(service)]),
    ...eachPod(subject, ({ spec, security }) => [
      ...['hostNetwork', 'hostPID', 'hostIPC']
        .filter((name) => !isUnset(spec[name]))
        .map((name) => `${name} is ${show(spec[name])}`),
      ...asList(security.sysctls, 'sysctls').flatMap((item) =>
        sysctl(String(asFields(item, 'a setting of sysctls').name)),
      ),
    ]),
    ...eachContainer(subject, ({ security }) => [
      ...(isUnset(security.privileged) ? [] : [`privileged is ${show(security.privileged)}`]),
      ...(['Default', undefined].includes(security.procMount as string)
        ? []
        : [`procMount is ${show(security.procMount)}`]),
    ]),
    ...findOpenNamespaces(subject),
    ...findUnseen(subject),
  ],
};

/** Keys of a service that take a namespace, and what they may be. */
const NAMESPACES: Readonly<Record<string, readonly string[]>> = {
  cgroup: ['private'],
  ipc: ['private', 'none'],
  network_mode: ['bridge', 'none'],
  pid: [],
  userns_mode: [],
  uts: [],
};

function shared({ fields }: ComposeService): string[] {
  const taken = Object.entries(NAMESPACES)
    .filter(([name, known]) => !isUnset(fields[name]) && !known.includes(String(fields[name])))
    .map(([name]) => `${name} is ${show(fields[name])}`);
  const sysctls = Array.isArray(fields.sysctls)
    ? fields.sysctls.map((line) => String(line).split('=')[0]!)
    : Object.keys(asFields(fields.sysctls, 'sysctls'));
  return [
    ...(isUnset(fields.privileged) ? [] : [`privileged is ${show(fields.privileged)}`]),
    ...taken,
    ...sysctls.flatMap(sysctl),
    ...['cgroup_parent', 'runtime', 'use_api_socket', 'provider']
      .filter((name) => !isUnset(fields[name]))
      .map((name) => `${name} is ${show(fields[name])}`),
  ];
}

/** Settings of the kernel that belong to the container alone. */
const OWN_SYSCTLS: readonly string[] = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_syncookies',
];

function sysctl(name: string): string[] {
  return OWN_SYSCTLS.includes(name) ? [] : [`sysctls sets ${name}, which is not known to be the container's alone`];
}

/** Options of the engine that RT-003, RT-006 and RT-007 judge; any other opens something. */
const CONFINING: readonly string[] = ['apparmor', 'label', 'no-new-privileges', 'seccomp'];

function options(service: ComposeService): string[] {
  return securityOptions(service)
    .filter(({ name }) => !CONFINING.includes(name))
    .map(({ name, value }) => `security_opt has ${name}${value ? `=${value}` : ''}`);
}

/** Commands that compose runs inside may ask for more than the service has. */
function hooks({ fields }: ComposeService): string[] {
  return ['post_start', 'pre_stop'].flatMap((name) =>
    asList(fields[name], name)
      .map((hook) => asFields(hook, name))
      .filter((hook) => !isUnset(hook.privileged) || hook.user !== undefined)
      .map(() => `${name} runs with rights of its own`),
  );
}

function findOpenNamespaces(subject: RuleSubject): Finding[] {
  return clusterFields(subject)
    .filter(({ fields }) => fields.kind === 'Namespace')
    .map(({ path, fields }) => ({ path, labels: asFields(asFields(fields.metadata, 'metadata').labels, 'labels') }))
    .filter(({ labels }) => labels['pod-security.kubernetes.io/enforce'] !== 'restricted')
    .map(({ path }) => ({ file: path, what: 'the Namespace does not enforce the Pod Security Standard restricted' }));
}

/** What takes settings from where no rule looks, or takes away what a rule has seen. */
function findUnseen(subject: RuleSubject): Finding[] {
  const compose = flatMap(composeFiles(subject), ({ path, fields, services }) => [
    ...(isUnset(fields.include) ? [] : [{ file: path, what: 'include takes services from another file' }]),
    ...services
      .filter((service) => !isUnset(service.fields.extends))
      .map(({ name }) => ({ file: path, what: `the service ${name}: extends takes settings from elsewhere` })),
    ...(/(?:^|[\s:,[{])!<?!?(?:reset|override)\b/.test(subject.text(path)!)
      ? [{ file: path, what: 'a tag (!reset, !override) takes away what compose.yaml sets' }]
      : []),
  ]);
  const merged = [
    ...composeFiles(subject)
      .filter(({ fields }) => hasMerge(fields))
      .map(({ path }) => path),
    ...new Set(
      clusterFields(subject)
        .filter(({ fields }) => '<<' in fields)
        .map(({ path }) => path),
    ),
  ].map((file) => ({ file, what: 'the key << merges settings, which not all programs do alike' }));
  return [...compose, ...merged, ...findPatches(subject)];
}

function hasMerge(fields: Fields): boolean {
  return allFields(fields).some((inner) => '<<' in inner);
}

/** What a kustomization may say. One of a component may put a seccomp profile in its place: RT-006 looks at it. */
const KUSTOMIZATION: readonly string[] = ['apiVersion', 'kind', 'metadata', 'resources'];

/** A file of such a name needs no kind. */
function isKustomization(path: string): boolean {
  return /(?:^|\/)kustomization(?:\.ya?ml)?$/i.test(path);
}

function findPatches(subject: RuleSubject): Finding[] {
  return flatMap(clusterFiles(subject), (file) =>
    subject
      .yaml(file)
      .map((document) => asFields(document, file))
      .filter(({ kind }) => isKustomization(file) || kind === 'Kustomization' || kind === 'Component')
      .flatMap((fields) => Object.keys(fields).map((key) => ({ key, component: fields.kind === 'Component' })))
      .filter(({ key, component }) => !KUSTOMIZATION.includes(key) && !(component && key === 'patches'))
      .map(({ key }) => ({ file, what: `${key} changes what kubernetes.yaml says` })),
  );
}
