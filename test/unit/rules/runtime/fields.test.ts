import { cluster, foundInRun, overlay, run, type Files } from './support';

type Unread = readonly [what: string, rule: string, files: Files];

describe('what has not the form that its reader knows is refused by its name:', () => {
  it.each<Unread>([
    ['compose.yaml is not a mapping', 'RT-002', { 'compose.yaml': 'services' }],
    ['services is not a mapping', 'RT-002', { 'compose.yaml': 'services: [web]' }],
    ['the service web is not a mapping', 'RT-002', { 'compose.yaml': 'services: { web: shop }' }],
    ['the service web is not a mapping', 'RT-002', { 'compose.yaml': 'services: { web: [shop] }' }],
    ['security_opt is not a list', 'RT-003', run('security_opt: seccomp=unconfined')],
    ['sysctls is not a mapping', 'RT-002', run('sysctls: kernel.core_pattern=x')],
    ['post_start is not a list', 'RT-002', run('post_start: { command: id, user: root }')],
    ['pre_stop is not a list', 'RT-002', run('pre_stop: { command: id, user: root }')],
    ['pre_stop is not a mapping', 'RT-002', run('pre_stop: [id]')],
    ['volumes is not a list', 'RT-004', run('volumes: data:/srv/uploads')],
    ['a volume is not a mapping', 'RT-004', run('volumes: [[data, /srv/uploads]]')],
    ['tmpfs is not a list', 'RT-004', run('tmpfs: { /tmp: rw }')],
    ['volumes is not a mapping', 'RT-008', run('', 'volumes: [data]')],
    ['a volume is not a mapping', 'RT-008', run('', 'volumes: { data: /etc }')],
    ['driver_opts is not a mapping', 'RT-008', run('', 'volumes: { data: { driver_opts: [device=/etc] } }')],
    ['ports is not a list', 'RT-011', run('ports: 8080')],
    ['a port is not a mapping', 'RT-011', run('ports: [[8080]]')],
    ['environment is not a mapping', 'RT-012', run('environment: DB_PASSWORD=hunter2')],
  ])('%s (%s)', (what, rule, files) => {
    expect(foundInRun(rule, files)).toEqual([`: could not be checked: ${what}`]);
  });

  it.each<Unread>([
    ['securityContext is not a mapping', 'RT-002', cluster('', 'securityContext: privileged')],
    ['securityContext is not a mapping', 'RT-002', cluster('securityContext: [privileged]')],
    ['containers is not a list', 'RT-002', { 'kubernetes.yaml': 'spec: { containers: { name: web } }' }],
    ['initContainers is not a list', 'RT-002', cluster('', 'initContainers: { name: prepare }')],
    ['ephemeralContainers is not a list', 'RT-002', cluster('', 'ephemeralContainers: { name: debug }')],
    ['a container of initContainers is not a mapping', 'RT-002', cluster('', 'initContainers: [prepare]')],
    ['sysctls is not a list', 'RT-002', cluster('', 'securityContext: { sysctls: { kernel.core_pattern: x } }')],
    [
      'a setting of sysctls is not a mapping',
      'RT-002',
      cluster('', 'securityContext: { sysctls: [kernel.domainname] }'),
    ],
    ['metadata is not a mapping', 'RT-002', { 'ns.yaml': 'kind: Namespace\nmetadata: shop' }],
    ['labels is not a mapping', 'RT-002', { 'ns.yaml': 'kind: Namespace\nmetadata: { labels: [enforce] }' }],
    ['kustomization.yaml is not a mapping', 'RT-002', { 'kustomization.yaml': '- resources' }],
    ['capabilities is not a mapping', 'RT-001', cluster('securityContext: { capabilities: [ALL] }')],
    ['volumeMounts is not a list', 'RT-004', cluster('volumeMounts: { name: data }')],
    ['a volumeMount is not a mapping', 'RT-004', cluster('volumeMounts: [data]')],
    ['seccompProfile is not a mapping', 'RT-006', cluster('', 'securityContext: { seccompProfile: RuntimeDefault }')],
    ['annotations is not a mapping', 'RT-006', { 'ns.yaml': 'annotations: [seccomp]' }],
    ['patches is not a list', 'RT-006', { 'kustomization.yaml': 'kind: Component\npatches: { patch: x }' }],
    ['a patch is not a mapping', 'RT-006', { 'kustomization.yaml': 'kind: Component\npatches: [root.yaml]' }],
    ['ports is not a list', 'RT-011', cluster('ports: 8080')],
    ['a port is not a mapping', 'RT-011', cluster('ports: [8080]')],
    ['env is not a list', 'RT-012', cluster('env: { DB_PASSWORD: hunter2 }')],
    ['a variable is not a mapping', 'RT-012', cluster('env: [DB_PASSWORD=hunter2]')],
    ['valueFrom is not a mapping', 'RT-012', cluster('env: [{ name: DB, valueFrom: shop }]')],
    ['envFrom is not a list', 'RT-012', cluster('envFrom: { secretRef: { name: shop } }')],
    ['envFrom is not a mapping', 'RT-012', cluster('envFrom: [shop]')],
  ])('%s, of a cluster (%s)', (what, rule, files) => {
    expect(foundInRun(rule, files)).toEqual([`: could not be checked: ${what}`]);
  });
});

describe('a key with nothing behind it says nothing:', () => {
  it.each<readonly [rule: string, settings: string]>([
    ['RT-002', 'privileged:\nsysctls:\npid:\nextends:\npre_stop:'],
    ['RT-011', 'ports:'],
    ['RT-012', 'environment:\nenv_file:'],
  ])('%s of a service', (rule, settings) => {
    expect(foundInRun(rule, run(settings))).toEqual([]);
  });

  it('of a service in a file over compose.yaml, with all its settings', () => {
    expect(foundInRun('RT-003', overlay(''))).toEqual([]);
  });

  it('of the volumes of a compose file', () => {
    expect(foundInRun('RT-008', run('', 'volumes:\n  data:'))).toEqual([]);
  });

  it('of a pod', () => {
    expect(foundInRun('RT-002', cluster('securityContext:', 'hostPID:\nsecurityContext:\ninitContainers:'))).toEqual(
      [],
    );
  });
});
