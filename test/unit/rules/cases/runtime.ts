import { anAspect, rawText, soundImage, type BreakingCase } from '../support';

/** A setting of the service in compose.yaml. */
function compose(rule: string, setting: string, story: string, says: string): BreakingCase {
  const indented = setting.replace(/^/gm, '    ');
  return rawText(rule, 'compose.yaml', (text) => text.replace(/^ {2}web:\n/m, `$&${indented}\n`), { story, says });
}

/** A text of the compose file, changed. */
function composeEdit(rule: string, from: string | RegExp, to: string, story: string, says: string): BreakingCase {
  return rawText(rule, 'compose.yaml', (text) => text.replace(from, to), { story, says });
}

/** A text of kubernetes.yaml, changed. */
function cluster(rule: string, from: string | RegExp, to: string, story: string, says: string): BreakingCase {
  return rawText(rule, 'kubernetes.yaml', (text) => text.replace(from, to), { story, says });
}

interface Profile {
  defaultAction: string;
  archMap: Array<{ subArchitectures: string[] }>;
  syscalls: Array<{ names: string[]; action: string; errnoRet?: number; args?: object[]; includes?: object }>;
}

/** A change of seccomp.json. */
function seccomp(change: (profile: Profile) => void, story: string, says: string): BreakingCase {
  const edit = (text: string): string => {
    const profile = JSON.parse(text) as Profile;
    change(profile);
    return JSON.stringify(profile);
  };
  return rawText('RT-006', 'seccomp.json', edit, { story, says });
}

/** A change of apparmor.profile. */
function apparmor(from: string | RegExp, to: string, story: string, says: string): BreakingCase {
  return rawText('RT-007', 'apparmor.profile', (text) => text.replace(from, to), { story, says });
}

/** Of the container that serves. */
const SERVER = /(- name: web\n[^]*?)/.source;

export const RUNTIME_CASES: readonly BreakingCase[] = [
  compose('RT-001', 'cap_add: [NET_ADMIN]', 'a capability is given back', 'cap_add gives ["NET_ADMIN"]'),
  composeEdit('RT-001', /^ +cap_drop:\n +- ALL\n/m, '', 'cap_drop is taken out', 'cap_drop is absent, not ALL'),
  cluster(
    'RT-001',
    /drop:\n +- ALL/,
    'drop: [NET_RAW]',
    'one capability alone is dropped',
    'that are dropped are ["NET_RAW"]',
  ),
  {
    rule: 'RT-001',
    by: 'an aspect',
    story: 'a debugger gets SYS_PTRACE in every pod',
    says: 'capabilities.add gives ["SYS_PTRACE"]',
    build: (app) =>
      anAspect(soundImage(app), (image) =>
        image.patchFile('kubernetes.yaml', (text) => text.replace(/^( +)(drop:)/gm, '$1add: [SYS_PTRACE]\n$1$2')),
      ),
  },
  compose('RT-002', 'privileged: true', 'the container is privileged', 'privileged is true'),
  compose(
    'RT-002',
    'privileged: ${DEBUG:-false}',
    'a variable decides whether it is privileged',
    'privileged is "${DEBUG:-false}"',
  ),
  compose('RT-002', 'network_mode: host', 'the network of the host is taken', 'network_mode is "host"'),
  compose('RT-002', '<<: *base', 'settings are merged from an anchor', 'could not be checked'),
  compose('RT-002', '<<: { pid: host }', 'settings are merged by a key', 'the key << merges settings'),
  compose(
    'RT-002',
    'extends:\n  file: common.yaml\n  service: base',
    'another file is extended',
    'extends takes settings from elsewhere',
  ),
  rawText('RT-002', 'compose.dev.yaml', (text) => text.replace(/^( +)environment:/m, '$1cap_drop: !reset []\n$&'), {
    story: 'the file for development resets what is dropped',
    says: 'a tag (!reset, !override) takes away',
  }),
  cluster(
    'RT-002',
    /^( +)(automount)/m,
    '$1hostPID: true\n$1$2',
    'the pod sees the processes of its node',
    'hostPID is true',
  ),
  cluster(
    'RT-002',
    'enforce: restricted',
    'enforce: privileged',
    'the namespace lets everything run',
    'does not enforce',
  ),
  rawText('RT-002', 'kustomization.yaml', (text) => `${text}patches:\n  - path: root.yaml\n`, {
    story: 'a kustomization patches the pods from a file',
    says: 'patches changes what kubernetes.yaml says',
  }),
  composeEdit(
    'RT-003',
    'no-new-privileges:true',
    'no-new-privileges:false',
    'new privileges are let in',
    'no-new-privileges is false',
  ),
  cluster(
    'RT-003',
    /allowPrivilegeEscalation: false\n +/,
    '',
    'a container of the pod leaves it out',
    'allowPrivilegeEscalation is absent',
  ),
  composeEdit('RT-004', 'read_only: true', 'read_only: false', 'the root can be written to', 'read_only is false'),
  composeEdit(
    'RT-004',
    / {6}- data:\/data\n/,
    '$&      - ./app:/var/www/html\n',
    'the code is mounted for writing',
    '/var/www/html is writable, and no writable path',
  ),
  composeEdit('RT-004', / {6}- data:\/data\n/, '', 'a volume is forgotten', 'nothing writable is mounted there'),
  cluster(
    'RT-004',
    /readOnlyRootFilesystem: true/g,
    'readOnlyRootFilesystem: "true"',
    'a text stands for the switch',
    'readOnlyRootFilesystem is "true"',
  ),
  composeEdit('RT-005', '/tmp:rw,noexec,', '/tmp:rw,', '/tmp loses noexec', 'the tmpfs /tmp lacks noexec'),
  composeEdit('RT-005', ',size=64m', '', '/tmp has no size', 'the tmpfs /tmp has no size'),
  composeEdit('RT-005', /- \/run:.*/, '- /run', '/run is mounted by its name alone', 'the tmpfs /run lacks noexec'),
  cluster('RT-005', /\n +sizeLimit: 64Mi/, '', 'an emptyDir may take all memory', 'the emptyDir tmp has no sizeLimit'),
  seccomp(
    (profile) => (profile.defaultAction = 'SCMP_ACT_LOG'),
    'what is not named is logged alone',
    'not SCMP_ACT_ERRNO',
  ),
  seccomp(
    ({ syscalls }) => syscalls[0]!.names.push('ptrace'),
    'ptrace is allowed',
    'ptrace is allowed, which is dangerous',
  ),
  seccomp(
    ({ syscalls }) => syscalls.push({ names: ['bpf'], action: 'SCMP_ACT_ALLOW', includes: { caps: ['CAP_BPF'] } }),
    'bpf is allowed to who has a capability',
    'bpf is allowed, which is dangerous',
  ),
  seccomp(
    ({ syscalls }) => syscalls.push({ names: ['socket'], action: 'SCMP_ACT_ALLOW' }),
    'every socket is allowed',
    'socket is allowed with other arguments',
  ),
  seccomp(
    ({ syscalls }) => syscalls.push({ names: ['inotify_init1'], action: 'SCMP_ACT_ALLOW' }),
    'a call of an extension that is not there is allowed',
    'which the image does not need',
  ),
  seccomp(
    ({ syscalls }) => (syscalls.find(({ names }) => names.includes('clone3'))!.errnoRet = 1),
    'clone3 is answered with EPERM',
    'clone3 is not answered with ENOSYS',
  ),
  seccomp(
    ({ archMap }) => archMap[0]!.subArchitectures.push('SCMP_ARCH_X86'),
    '32-bit calls are let in',
    'SCMP_ARCH_X86 is among its architectures',
  ),
  composeEdit(
    'RT-006',
    'seccomp=./seccomp.json',
    'seccomp=unconfined',
    'the profile is taken away',
    'seccomp is unconfined',
  ),
  cluster(
    'RT-006',
    new RegExp(`${SERVER}type: RuntimeDefault`),
    '$1type: Unconfined',
    'the server runs without a profile',
    'seccompProfile is "Unconfined"',
  ),
  rawText(
    'RT-006',
    'kubernetes-seccomp/kustomization.yaml',
    (text) => text.replace('securityContext/seccompProfile', 'securityContext'),
    {
      story: 'the component replaces the whole security context',
      says: 'not only a seccomp profile of the node',
    },
  ),
  apparmor(/^ +deny mount,\n/m, '', 'mounting is not denied any more', 'it does not deny mount'),
  apparmor('deny capability,', '$&\n  capability,', 'capabilities are allowed beside', 'it allows capability'),
  apparmor(
    'mediate_deleted',
    'mediate_deleted, complain',
    'the profile complains alone',
    'the flag complain lets everything pass',
  ),
  apparmor('/** rmix,', '/** rwmix,', 'everything may be written', 'it allows /** rwmix'),
  apparmor(
    '  deny mount,',
    '  #include <local/shop>\n$&',
    'rules of the host are included',
    'it includes <local/shop>',
  ),
  rawText('RT-007', 'compose.apparmor.yaml', (text) => text.replace('apparmor=shop', 'apparmor=unconfined'), {
    story: 'the overlay takes the profile away',
    says: 'security_opt has apparmor=unconfined',
  }),
  composeEdit(
    'RT-008',
    / {6}- data:\/data\n/,
    '$&      - /var/run/docker.sock:/var/run/docker.sock:ro\n',
    'the socket of the engine is mounted',
    '/var/run/docker.sock of the host is mounted',
  ),
  rawText('RT-008', 'compose.dev.yaml', (text) => text.replace('${APP:-./app}', '../../../../../../etc'), {
    story: 'a path climbs to /etc',
    says: 'etc of the host is mounted',
  }),
  composeEdit(
    'RT-008',
    'data: {}',
    'data: { driver_opts: { type: none, o: bind, device: /home } }',
    'a volume is /home of the host',
    '/home of the host is mounted',
  ),
  compose('RT-008', 'devices: ["/dev/sda:/dev/sda"]', 'a disk is given', 'devices is'),
  cluster(
    'RT-008',
    /emptyDir:\n +medium: Memory\n +sizeLimit: 64Mi/,
    'hostPath: { path: /tmp }',
    '/tmp of the node is mounted',
    'the volume tmp is a hostPath',
  ),
  composeEdit('RT-009', /^ +mem_limit: .*\n/m, '', 'memory has no limit', 'mem_limit is absent'),
  composeEdit('RT-009', /pids_limit: .*/, 'pids_limit: -1', 'processes have no limit', 'pids_limit is -1'),
  composeEdit('RT-009', /pids_limit: .*/, 'pids_limit: 20', 'the workers do not fit', 'pids_limit is 20, too few for'),
  cluster(
    'RT-009',
    new RegExp(`${SERVER} +limits:\\n.*\\n.*\\n`),
    '$1',
    'the server in the cluster has no limits',
    'resources.limits.memory is absent',
  ),
  composeEdit('RT-010', 'on-failure:5', 'always', 'it is started again for ever', 'restart is "always"'),
  compose('RT-010', 'init: true', 'a second init is put before s6', 'init is true'),
  composeEdit(
    'RT-011',
    '127.0.0.1:8080:8080',
    '8080:8080',
    'the port is open on every interface',
    'the port 8080:8080 is open on every interface',
  ),
  composeEdit(
    'RT-011',
    '- 127.0.0.1:8080:8080',
    '$&\n      - 127.0.0.1:9000:9000',
    'an unknown port is published',
    'the port 127.0.0.1:9000:9000 is none of the image',
  ),
  cluster(
    'RT-011',
    'containerPort: 8080',
    '$&\n              hostPort: 8080',
    'a port of the node is taken',
    'hostPort 8080 is open',
  ),
  compose(
    'RT-012',
    'environment:\n  DB_PASSWORD: hunter2',
    'a password is in the environment',
    'DB_PASSWORD looks like a secret',
  ),
  compose(
    'RT-012',
    'environment: ["DATABASE_URL=mysql://shop:hunter2@db/shop"]',
    'an address holds a password',
    'DATABASE_URL looks like a secret',
  ),
  compose('RT-012', 'env_file: .env', 'a file fills the environment', 'env_file fills the environment'),
  cluster(
    'RT-012',
    /^( +)(imagePullPolicy)/m,
    '$1envFrom: [{ secretRef: { name: shop } }]\n$1$2',
    'a Secret fills the environment',
    'envFrom takes a Secret into the environment',
  ),
  composeEdit('RT-013', /user: .*/, 'user: root', 'the service runs as root', 'user is "root"'),
  cluster('RT-013', /runAsUser: 10001/g, 'runAsUser: 0', 'the pod runs as root', 'runAsUser is 0'),
  cluster(
    'RT-013',
    /runAsNonRoot: true/g,
    'runAsNonRoot: false',
    'the pod may run as root',
    'runAsNonRoot is not true',
  ),
];
