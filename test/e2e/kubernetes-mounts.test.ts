import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { build, describeWithEngine, docker, tryDocker } from './engine';
import { Server } from './server';

const DIRECTORY = join(__dirname, '../../output/nginx-php-fpm-8.4-debian');
const IMAGE = 'projen-nginx-php-e2e:kubernetes';
const VOLUME = 'projen-nginx-php-e2e-kubernetes';

/** What the Deployment says of its containers. */
interface PodSpec {
  readonly securityContext: { readonly runAsUser: number; readonly runAsGroup: number; readonly fsGroup: number };
  readonly initContainers: readonly [
    { readonly command: readonly string[]; readonly volumeMounts: readonly [{ readonly mountPath: string }] },
  ];
  readonly containers: readonly [
    {
      readonly volumeMounts: ReadonlyArray<{ readonly mountPath: string; readonly subPath?: string }>;
      readonly lifecycle: { readonly preStop: { readonly exec: { readonly command: readonly string[] } } };
    },
  ];
}

function podSpec(): PodSpec {
  const documents = parseAllDocuments(readFileSync(join(DIRECTORY, 'kubernetes.yaml'), 'utf8'));
  const deployment = documents.map((document) => document.toJS()).find(({ kind }) => kind === 'Deployment') as {
    readonly spec: { readonly template: { readonly spec: PodSpec } };
  };
  return deployment.spec.template.spec;
}

jest.setTimeout(60_000);

describeWithEngine('the Debian 8.4 image with the mounts that kubernetes.yaml gives it', () => {
  const { securityContext, initContainers, containers } = podSpec();
  const [{ command, volumeMounts: prepared }] = initContainers;
  const [{ volumeMounts, lifecycle }] = containers;
  const name = 'projen-nginx-php-e2e-kubernetes';
  const flags = [
    `--user=${securityContext.runAsUser}:${securityContext.runAsGroup}`,
    `--group-add=${securityContext.fsGroup}`,
    '--read-only',
    '--cap-drop=ALL',
    '--security-opt=no-new-privileges:true',
  ];

  beforeAll(() => {
    build(join(DIRECTORY, 'amd64'), IMAGE);
    tryDocker('rm', '--force', name);
    tryDocker('volume', 'rm', '--force', VOLUME);
    docker('volume', 'create', VOLUME);
    // As a kubelet makes an emptyDir for a pod with an fsGroup: root's, everybody's to write to, setgid
    const asRoot = [
      'run',
      '--rm',
      '--user=0',
      `--volume=${VOLUME}:/volume`,
      '--entrypoint=/usr/bin/php',
      IMAGE,
      '-n',
      '-r',
    ];
    docker(...asRoot, `chown("/volume", 0); chgrp("/volume", ${securityContext.fsGroup}); chmod("/volume", 02777);`);
  }, 600_000);

  afterAll(() => {
    tryDocker('rm', '--force', name);
    tryDocker('volume', 'rm', '--force', VOLUME);
  });

  it('serves after its init container has made the directory of s6, and again after a crash left it full', async () => {
    // GIVEN
    const [entrypoint, ...args] = command;
    const mount = `--volume=${VOLUME}:${prepared[0].mountPath}`;
    docker('run', '--rm', ...flags, mount, `--entrypoint=${entrypoint}`, IMAGE, ...args);
    // WHEN
    const { mountPath, subPath } = volumeMounts.find((item) => item.subPath !== undefined)!;
    docker(
      'run',
      '--detach',
      `--name=${name}`,
      ...flags,
      `--mount=type=volume,src=${VOLUME},dst=${mountPath},volume-subpath=${subPath}`,
      '--tmpfs=/tmp:rw,mode=1777',
      '--publish=127.0.0.1::8080',
      IMAGE,
    );
    const server = await Server.attach(name);
    const directory = server.exec('ls', '-ldn', mountPath).stdout;
    docker('kill', name);
    docker('start', name);
    const again = await Server.attach(name);
    // THEN
    expect(directory).toMatch(/^drwxrw[xs]r-x \d+ 10001 /);
    expect(await (await again.fetch('/ping')).text()).toBe('pong');
  });

  it('has the program that a pod runs before it stops', () => {
    const begin = performance.now();
    expect(tryDocker('exec', name, ...lifecycle.preStop.exec.command).status).toBe(0);
    expect(performance.now() - begin).toBeGreaterThan(4900);
  });
});
