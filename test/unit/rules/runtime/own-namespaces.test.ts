import { cluster, foundInRun, run, service, type Row, type SoundRow } from './support';
import { saying } from '../written';

const found = (files: Row[1]): string[] => foundInRun('RT-002', files);

describe('RT-002 refuses in a compose file', () => {
  it.each<readonly [settings: string, says: string]>([
    ['cgroup_parent: /system.slice', 'cgroup_parent is "/system.slice"'],
    ['runtime: runc-unconfined', 'runtime is "runc-unconfined"'],
    ['use_api_socket: true', 'use_api_socket is true'],
    ['provider: { type: own }', 'provider is {"type":"own"}'],
    ['network_mode: "container:db"', 'network_mode is "container:db"'],
    ['cgroup: host', 'cgroup is "host"'],
    ['ipc: shareable', 'ipc is "shareable"'],
    ['uts: host', 'uts is "host"'],
    ['userns_mode: host', 'userns_mode is "host"'],
    ['sysctls: [kernel.core_pattern=/tmp/x]', 'sysctls sets kernel.core_pattern, which is not known'],
    ['sysctls: { net.core.somaxconn: 1 }', 'sysctls sets net.core.somaxconn, which is not known'],
    ['post_start: [{ command: id, privileged: true }]', 'post_start runs with rights of its own'],
    ['pre_stop: [{ command: id, user: root }]', 'pre_stop runs with rights of its own'],
    ['pre_stop: [{ command: id }, { command: id, privileged: "false" }]', 'pre_stop runs with rights of its own'],
  ])('%s', (settings, says) => {
    expect(found(run(settings))).toEqual(saying([`compose.yaml: the service web: ${says}`]));
  });

  it.each<Row>([
    [
      'services of another file',
      run('', 'include: [common.yaml]'),
      ['compose.yaml: include takes services from another file'],
    ],
    [
      'settings of another service',
      run('extends: { service: base }'),
      ['compose.yaml: the service web: extends takes settings from elsewhere'],
    ],
    [
      'a tag at the beginning of a file',
      { 'compose.dev.yaml': `!override\n${service('')}` },
      ['compose.dev.yaml: a tag (!reset, !override) takes away'],
    ],
    [
      'a tag behind a quoted key',
      { 'compose.dev.yaml': 'services: { web: {"security_opt":!reset [] } }\n' },
      ['compose.dev.yaml: a tag (!reset, !override) takes away'],
    ],
    [
      'a tag that is written out',
      { 'compose.dev.yaml': service('security_opt: !<!reset> []') },
      ['compose.dev.yaml: a tag (!reset, !override) takes away'],
    ],
    [
      'a tag in a list',
      { 'compose.dev.yaml': service('security_opt:\n  - !reset seccomp=./seccomp.json') },
      ['compose.dev.yaml: a tag (!reset, !override) takes away'],
    ],
    [
      'settings that are merged from an anchor',
      { 'compose.yaml': `x-base: &base { pid: host }\n${service('<<: *base')}` },
      ['compose.yaml: the key << merges settings'],
    ],
  ])('%s', (_, files, says) => {
    expect(found(files)).toEqual(saying(says));
  });
});

describe('RT-002 passes in a compose file', () => {
  it.each([
    'privileged: false',
    'ipc: private\ncgroup: private\nnetwork_mode: none',
    'sysctls: [net.ipv4.tcp_syncookies=0, net.ipv4.ip_unprivileged_port_start=1024]',
    'sysctls: { net.ipv4.tcp_keepalive_time: 600 }',
    'post_start: [{ command: [php, warm.php] }]\npre_stop: [{ command: [php, drain.php], privileged: false }]',
    'environment: { NOTE: "never!reset this" }',
    'labels: { note: "reset and override nothing!" }',
    'security_opt: [label:type:own_t, apparmor=shop]',
  ])('%s', (settings) => {
    expect(found(run(settings))).toEqual([]);
  });
});

describe('RT-002 refuses in manifests', () => {
  it.each<Row>([
    ['the network of the node', cluster('', 'hostNetwork: true'), ['the pod: hostNetwork is true']],
    ['the shared memory of the node', cluster('', 'hostIPC: true'), ['the pod: hostIPC is true']],
    ['a switch that is a text', cluster('', 'hostPID: "false"'), ['the pod: hostPID is "false"']],
    [
      'a setting of the kernel for all',
      cluster('', 'securityContext: { sysctls: [{ name: kernel.core_pattern, value: /tmp/x }] }'),
      ['the pod: sysctls sets kernel.core_pattern, which'],
    ],
    [
      'a privileged container',
      cluster('securityContext: { privileged: true }'),
      ['kubernetes.yaml: the container web: privileged is true'],
    ],
    [
      'unmasked paths of /proc',
      cluster('securityContext: { procMount: Unmasked }'),
      ['the container web: procMount is "Unmasked"'],
    ],
    [
      'settings that are merged from an anchor',
      cluster('<<: { securityContext: { privileged: true } }'),
      ['kubernetes.yaml: the key << merges settings'],
    ],
    [
      'a file that merges twice, once',
      { 'jobs.yaml': 'one: { <<: {} }\ntwo: { <<: {} }' },
      ['jobs.yaml: the key << merges settings'],
    ],
    ['a namespace without labels', { 'ns.yaml': 'kind: Namespace' }, ['ns.yaml: the Namespace does not enforce']],
    [
      'a namespace that warns alone',
      { 'ns.yaml': 'kind: Namespace\nmetadata: { labels: { pod-security.kubernetes.io/warn: restricted } }' },
      ['ns.yaml: the Namespace does not enforce'],
    ],
    [
      'images of a kustomization',
      { 'kustomization.yaml': 'kind: Kustomization\nimages: [{ name: shop, newName: other }]' },
      ['kustomization.yaml: images changes what kubernetes.yaml says'],
    ],
    [
      'patches of a kustomization without a kind',
      { 'kustomization.yml': 'patches: [{ path: root.yaml }]' },
      ['kustomization.yml: patches changes'],
    ],
    [
      'patches of one without an ending',
      { Kustomization: 'resources: [kubernetes.yaml]\npatches: [{ path: root.yaml }]' },
      ['Kustomization: patches changes'],
    ],
    [
      'patches of a kustomization',
      { 'kustomization.yaml': 'kind: Kustomization\npatches: [{ path: root.yaml }]' },
      ['kustomization.yaml: patches changes what kubernetes.yaml says'],
    ],
    [
      'what a component does beside its patches',
      { 'own/kustomization.yaml': 'kind: Component\npatches: []\nreplacements: [{ path: root.yaml }]' },
      ['own/kustomization.yaml: replacements changes what kubernetes.yaml says'],
    ],
  ])('%s', (_, files, says) => {
    expect(found(files)).toEqual(saying(says));
  });
});

describe('RT-002 passes in manifests', () => {
  it.each<SoundRow>([
    ['switches that are off', cluster('securityContext: { privileged: false }', 'hostPID: false\nhostIPC: false')],
    ['the masked /proc of every container', cluster('securityContext: { procMount: Default }')],
    [
      'a setting of the kernel for the pod',
      cluster('', 'securityContext: { sysctls: [{ name: net.ipv4.tcp_syncookies, value: "1" }] }'),
    ],
    [
      'a namespace that is restricted',
      { 'ns.yaml': 'kind: Namespace\nmetadata: { labels: { pod-security.kubernetes.io/enforce: restricted } }' },
    ],
    [
      'a kustomization of resources',
      { 'kustomization.yaml': 'kind: Kustomization\nmetadata: { name: shop }\nresources: [kubernetes.yaml]' },
    ],
    ['a component of patches, at which RT-006 looks', { 'own/kustomization.yaml': 'kind: Component\npatches: []' }],
  ])('%s', (_, files) => {
    expect(found(files)).toEqual([]);
  });
});
