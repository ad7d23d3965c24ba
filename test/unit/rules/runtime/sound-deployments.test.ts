import type { ImageProps } from '../../../../src';
import { alarms, edited } from '../false-alarms';

const TLS: Partial<ImageProps> = {
  nginx: { tls: { port: 8443, certificate: '/etc/tls/server.crt', key: '/etc/tls/server.key' } },
};

describe('the rules on how a container is run let pass', () => {
  it.each<[string, Partial<ImageProps>]>([
    ['Alpine', { platform: 'alpine' }],
    ['Ubuntu', { platform: 'ubuntu' }],
    ['the oldest PHP', { php: '7.4' }],
    ['the newest PHP', { php: '8.5' }],
    ['TLS, with its mounted certificate', TLS],
    ['a port below 1024', { nginx: { port: 80 } }],
    ['another user', { security: { uid: 2000, gid: 3000 } }],
    ['no volume', { volumes: [] }],
    ['a static pool', { php: { version: '8.4', fpm: { processManager: 'static', maxChildren: 200 } } }],
    ['a number of workers of nginx', { nginx: { workerProcesses: 64 } }],
    ['extensions that need calls of their own', { php: { version: '8.4', extensions: ['sysvsem', 'sysvshm'] } }],
  ])('an image with %s', (_, props) => {
    expect(alarms(['RT'], props)).toEqual([]);
  });

  it('a construct with a port, a writable path and a worker of its own', () => {
    const found = alarms(['RT'], {}, (image) => {
      image.addPort(9100);
      image.addLongRun({ name: 'queue', command: ['/usr/bin/php', 'artisan', 'queue:work'] });
      image.addWritablePath({ path: '/var/spool/mail', kind: 'tmpfs', exec: false, mode: '0700', purpose: 'mail' });
    });
    expect(found).toEqual([]);
  });

  it.each<[string, string | RegExp, string]>([
    [
      'limits below deploy',
      /mem_limit: .*\n.*pids_limit: (.*)\n.*cpus: 1/,
      'deploy: { resources: { limits: { memory: 1G, cpus: "0.5", pids: $1 } } }',
    ],
    ['no-new-privileges without a value', 'no-new-privileges:true', 'no-new-privileges'],
    ['the older form of a security option', 'seccomp=./seccomp.json', 'seccomp:seccomp.json'],
    ['a long form of ports', '127.0.0.1:8080:8080', '{ host_ip: 10.0.0.5, published: 80, target: 8080 }'],
    ['an address of IPv6', '127.0.0.1:8080:8080', '"[::1]:8080:8080/tcp"'],
    ['no restart', 'on-failure:5', '"no"'],
    ['fewer restarts', 'on-failure:5', 'on-failure:2'],
    ['the code mounted for reading', /^ +- data:\/data\n/m, '$&      - ../app:/var/www/html:ro\n'],
    ['a soft and a hard number of files', /nofile: (\d+)/, 'nofile: { soft: $1, hard: $1 }'],
    ['a network', /^( +)restart:/m, '$1networks: [front]\n$&'],
    [
      'settings in the environment',
      /^( +)restart:/m,
      '$1environment: { APP_ENV: production, PUBLIC_KEY: abc, DB_HOST: "${DB_HOST:-db}" }\n$&',
    ],
    [
      'settings in a list',
      /^( +)restart:/m,
      '$1environment: [APP_ENV=production, "APP_URL=https://shop.example.com/"]\n$&',
    ],
    ['privileged said to be off', /^( +)restart:/m, '$1privileged: false\n$1network_mode: bridge\n$&'],
    ['a longer time to stop', /stop_grace_period: .*/, 'stop_grace_period: 1m30s'],
  ])('a compose file with %s', (_, from, to) => {
    const found = alarms(['RT', 'SUP'], {}, (image) =>
      image.patchFile('compose.yaml', (text) => edited(text, from, to)),
    );
    expect(found).toEqual([]);
  });

  it.each<[string, string | RegExp, string]>([
    [
      'the profile of the node',
      /seccompProfile:\n +type: RuntimeDefault/g,
      'seccompProfile: { type: Localhost, localhostProfile: shop.json }',
    ],
    [
      'a user of arbitrary number, in group 0',
      /runAsUser: 10001\n( +)runAsGroup: 10001/g,
      'runAsUser: 123456\n$1runAsGroup: 0',
    ],
    ['settings of a ConfigMap', /^( +)(imagePullPolicy)/gm, '$1envFrom: [{ configMapRef: { name: shop } }]\n$1$2'],
    ['a volume of a Secret', /^( {6})volumes:\n/m, '$&$1  - name: extra\n$1    secret: { secretName: extra }\n'],
    ['NET_RAW dropped beside', /- ALL/g, '- ALL\n                - NET_RAW'],
    ['an annotation', /^( {2,})name: shop\n/m, '$&$1annotations: { note: plain }\n'],
    [
      'AppArmor of the runtime',
      'runAsNonRoot: true',
      'runAsNonRoot: true\n        appArmorProfile: { type: RuntimeDefault }',
    ],
  ])('manifests of a cluster with %s', (_, from, to) => {
    const found = alarms(['RT', 'SUP'], {}, (image) =>
      image.patchFile('kubernetes.yaml', (text) => edited(text, from, to)),
    );
    expect(found).toEqual([]);
  });

  it.each<[string, string | RegExp, string]>([
    [
      'a comment that names what is denied elsewhere',
      '  deny mount,',
      '  # mount, capability, and ptrace stay denied\n$&',
    ],
    ['rules that are audited', '  deny mount,', '  audit deny mount,'],
    ['one more denial', '  deny mount,', '$&\n  deny /etc/shadow rw,'],
    ['rules of AppArmor itself', 'abi <abi/3.0>,', '$&\n#include <abstractions/base>'],
  ])('a profile of AppArmor with %s', (_, from, to) => {
    const found = alarms(['RT'], {}, (image) => image.patchFile('apparmor.profile', (text) => edited(text, from, to)));
    expect(found).toEqual([]);
  });
});

describe('the rules on how a container is run see through', () => {
  it.each<[string, string, string | RegExp, string, string]>([
    [
      'RT-001',
      'capabilities in the file for development',
      'environment:',
      'cap_add: [ALL]\n    environment:',
      'compose.dev.yaml',
    ],
    ['RT-002', 'a switch that is a text', 'environment:', 'privileged: "true"\n    environment:', 'compose.dev.yaml'],
    [
      'RT-002',
      'a host namespace in other letters',
      'environment:',
      'pid: "Host"\n    environment:',
      'compose.dev.yaml',
    ],
    ['RT-002', 'unmasked system paths', '- seccomp', '- systempaths=unconfined\n      - seccomp', 'compose.yaml'],
    [
      'RT-002',
      'a hook with the rights of root',
      'restart:',
      'post_start: [{ command: id, user: root }]\n    restart:',
      'compose.yaml',
    ],
    [
      'RT-002',
      'a setting of the kernel for all',
      'sysctls:',
      'sysctls:\n      kernel.core_pattern: /tmp/x',
      'compose.yaml',
    ],
    ['RT-003', 'a later contradiction', '- seccomp', '- no-new-privileges=false\n      - seccomp', 'compose.yaml'],
    ['RT-006', 'a second profile', '- seccomp', '- seccomp:unconfined\n      - seccomp', 'compose.yaml'],
    ['RT-007', 'SELinux switched off', '- seccomp', '- label:disable\n      - seccomp', 'compose.yaml'],
    ['RT-008', 'the socket below another path', '- data:/data', '- /run/../var/run//docker.sock:/x', 'compose.yaml'],
    [
      'RT-008',
      'the socket by the long form',
      '- data:/data',
      '- { type: bind, source: /run/containerd/containerd.sock, target: /data }',
      'compose.yaml',
    ],
    ['RT-008', 'a default of a variable', ':-./app', ':-/etc', 'compose.dev.yaml'],
    [
      'RT-008',
      'mounts that spread',
      'read_only: true',
      'read_only: true\n        bind: { propagation: rshared }',
      'compose.dev.yaml',
    ],
    ['RT-011', 'every interface by its number', '127.0.0.1:8080:8080', '0.0.0.0:8080:8080', 'compose.yaml'],
    ['RT-011', 'every interface of IPv6', '127.0.0.1:8080:8080', '"[::]:8080:8080"', 'compose.yaml'],
    ['RT-011', 'a range of ports', '127.0.0.1:8080:8080', '127.0.0.1:8000-8080:8000-8080', 'compose.yaml'],
    ['RT-012', 'a secret in small letters', 'environment:', 'environment:\n      db_password: x', 'compose.dev.yaml'],
    ['RT-013', 'root in the file for development', 'environment:', 'user: "0"\n    environment:', 'compose.dev.yaml'],
  ])('%s: %s', (rule, _, from, to, path) => {
    const change = (text: string): string => {
      const without =
        path === 'compose.dev.yaml' && to.includes('propagation') ? text.replace(/\n +bind:\n.*/, '') : text;
      return edited(without, from, to);
    };
    const found = alarms(['RT'], {}, (image) => image.patchFile(path, change));
    expect(found.join('\n')).toContain(rule);
  });
});
