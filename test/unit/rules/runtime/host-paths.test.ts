import { foundInRun, pod, service } from './support';
import { saying } from '../written';

/** What is found in a service of compose with these settings. */
function foundIn(settings: string): string[] {
  return foundInRun('RT-008', { 'compose.yaml': service(settings) });
}

/** What is found in a pod of one container. */
function foundInPod(settings: string, spec = ''): string[] {
  return foundInRun('RT-008', { 'kubernetes.yaml': pod(settings, spec) });
}

describe('a path of the host', () => {
  it.each([
    './app',
    '../shop',
    '/srv/shop',
    '/srv/shop/',
    '/srv/shop~',
    '~/shop',
    '~deploy/shop',
    '/home/deploy/shop',
    '$HOME/shop',
    '$DATA',
    '/home/deploy/.config',
  ])('may be %s', (source) => {
    expect(foundIn(`volumes: ["${source}:/srv/app:ro"]`)).toEqual([]);
  });

  it.each([
    '/',
    '/etc',
    '/etc/',
    '/etc/nginx',
    '/home',
    '/home/',
    '/var/lib',
    '/var/lib/kubelet/pods',
    '/var/log/nginx',
    '../../../../etc/nginx',
    './../../root',
    '/srv/shop/../../etc',
    '~',
    '~/',
    '~root',
    '~/.ssh',
    '~deploy/.docker/config.json',
    '/srv/engine/docker.sock',
    './podman-api.sock',
    '$HOME',
    '$HOME/.ssh',
    '${HOME}/.aws/credentials',
    '/home/deploy/.ssh',
    '/srv/backup/.gnupg/',
    '/tmp',
    '/lib32',
    '/var/lib/containers/storage',
    '/var/lib/rancher/k3s',
    '/var/spool/cron',
  ])('is not %s', (source) => {
    expect(foundIn(`volumes: ["${source}:/srv/app:ro"]`)).toEqual([
      `compose.yaml: the service web: ${source.replace(/^\$(?:HOME|\{HOME[^}]*\})/, '~')} of the host is mounted`,
    ]);
  });

  it.each([
    ['${HOME:-/srv}/.kube', '/srv/.kube'],
    ['${HOME:-/etc}/nginx', '/etc/nginx'],
  ])('is not %s, which may be %s', (source, path) => {
    expect(foundIn(`volumes: ["${source}:/srv/app:ro"]`)).toEqual([
      `compose.yaml: the service web: ${path} of the host is mounted`,
    ]);
  });

  it('is told from a volume that is called like it', () => {
    expect(foundIn('volumes: ["docker.sock:/srv/app", { type: volume, source: podman.sock, target: /data }]')).toEqual(
      [],
    );
  });

  it.each([
    ['secrets', '/var/run/docker.sock', '/var/run/docker.sock'],
    ['configs', '${ETC:-/etc}/shadow', '/etc/shadow'],
  ])('is mounted by %s too', (kind, file, path) => {
    const given = `${service(`${kind}: [own]`)}${kind}: { own: { file: "${file}" }, more: { file: ./more.txt } }\n`;
    expect(foundInRun('RT-008', { 'compose.yaml': given })).toEqual([`compose.yaml: ${path} of the host is mounted`]);
  });

  it('stands behind a named volume', () => {
    const bound = 'volumes: { data: { driver_opts: { type: none, o: bind, device: /etc/ssl } } }';
    const file = `${service('ports: []')}${bound}\n`;
    expect(foundInRun('RT-008', { 'compose.yaml': file })).toEqual(['compose.yaml: /etc/ssl of the host is mounted']);
  });
});

describe('a mount of compose', () => {
  it.each([
    '{ type: tmpfs, target: /tmp }',
    '{ type: volume, source: data, target: /data }',
    '{ type: bind, source: ./app, target: /srv/app }',
    '{ type: bind, source: ./app, target: /srv/app, bind: { propagation: rprivate } }',
    './app:/srv/app:ro,z',
  ])('may be %s', (mount) => {
    expect(foundIn(`volumes:\n  - ${mount}`)).toEqual([]);
  });

  it.each([
    ['{ type: npipe, source: \\\\.\\pipe\\docker_engine, target: /x }', 'a mount of the type npipe'],
    ['{ type: cluster, source: disk, target: /x }', 'a mount of the type cluster'],
    ['./app:/srv/app:ro,shared', './app is mounted with the propagation shared'],
    ['./app:/srv/app:rshared', './app is mounted with the propagation rshared'],
    ['./app:/srv/app:slave', './app is mounted with the propagation slave'],
    [
      '{ type: bind, source: ./app, target: /x, bind: { propagation: rslave } }',
      './app is mounted with the propagation rslave',
    ],
  ])('is not %s', (mount, says) => {
    expect(foundIn(`volumes:\n  - ${mount}`)).toEqual([`compose.yaml: the service web: ${says}`]);
  });
});

describe('a device', () => {
  it.each([
    ['devices: [/dev/fuse]', 'devices is ["/dev/fuse"]'],
    ['device_cgroup_rules: ["c 1:3 mr"]', 'device_cgroup_rules is ["c 1:3 mr"]'],
    ['gpus: all', 'gpus is "all"'],
    ['volumes_from: [backup]', 'volumes_from is ["backup"]'],
    [
      'deploy: { resources: { reservations: { devices: [{ capabilities: [gpu] }] } } }',
      'devices are reserved: [{"capabilities":["gpu"]}]',
    ],
  ])('is given by %s', (settings, says) => {
    expect(foundIn(settings)).toEqual([`compose.yaml: the service web: ${says}`]);
  });

  it('is not given by memory that is reserved', () => {
    expect(foundIn('deploy: { resources: { reservations: { memory: 64m } } }')).toEqual([]);
  });

  it('of a cluster is given to a container', () => {
    expect(foundInPod('volumeDevices: [{ name: disk, devicePath: /dev/xvda }]')).toEqual([
      'kubernetes.yaml: the container web: volumeDevices gives a device',
    ]);
  });
});

describe('a mount of a container of a cluster', () => {
  it.each(['{ name: tmp, mountPath: /tmp }', '{ name: tmp, mountPath: /tmp, mountPropagation: None }'])(
    'may be %s',
    (mount) => {
      expect(foundInPod(`volumeMounts: [${mount}]`)).toEqual([]);
    },
  );

  it.each(['HostToContainer', 'Bidirectional'])('is not shared by %s', (propagation) => {
    expect(foundInPod(`volumeMounts: [{ name: tmp, mountPropagation: ${propagation} }]`)).toEqual([
      `kubernetes.yaml: the container web: mountPropagation is "${propagation}"`,
    ]);
  });
});

describe('a PersistentVolume', () => {
  const foundBeside = (text: string): string[] => foundInRun('RT-008', { 'volume.yaml': text });

  it.each(['hostPath: { path: /srv }', 'local: { path: /mnt/disk }'])('is not a path of the host: %s', (source) => {
    expect(foundBeside(`kind: PersistentVolume\nspec:\n  ${source}\n`)).toEqual([
      'volume.yaml: a PersistentVolume is a path of the host',
    ]);
  });

  it('may be a directory of another machine', () => {
    expect(foundBeside('kind: PersistentVolume\nspec:\n  nfs: { server: files, path: /srv }\n')).toEqual([]);
  });

  it('is told from what is called alike', () => {
    expect(foundBeside('kind: ConfigMap\ndata:\n  spec: openapi.yaml\n')).toEqual([]);
    expect(foundBeside('kind: Policy\nspec:\n  hostPath: { deny: true }\n')).toEqual([]);
  });
});

describe('what cannot be read does not pass', () => {
  it.each([
    ['deploy: [devices]', 'deploy is not a mapping'],
    ['deploy: { resources: none }', 'resources is not a mapping'],
    ['deploy: { resources: { reservations: [devices] } }', 'reservations is not a mapping'],
  ])('in compose: %s', (settings, says) => {
    expect(foundIn(settings)).toEqual(saying([`could not be checked: ${says}`]));
  });

  it.each([
    ['volumeDevices: { name: disk }', 'image: shop', 'volumeDevices is not a list'],
    ['volumeMounts: { name: tmp }', 'image: shop', 'volumeMounts is not a list'],
    ['volumeMounts: [tmp]', 'image: shop', 'a volumeMount is not a mapping'],
    ['image: shop', 'volumes: { name: tmp }', 'volumes is not a list'],
    ['image: shop', 'volumes: [tmp]', 'a volume is not a mapping'],
  ])('in a cluster: %s, %s', (settings, spec, says) => {
    expect(foundInPod(settings, spec)).toEqual(saying([`could not be checked: ${says}`]));
  });

  it('of a PersistentVolume', () => {
    expect(foundInRun('RT-008', { 'volume.yaml': 'kind: PersistentVolume\nspec: [hostPath]\n' })).toEqual(
      saying(['could not be checked: spec is not a mapping']),
    );
  });
});
