import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { build, describeWithEngine, docker, tryDocker } from './engine';
import { Server } from './server';

const OUTPUT = join(__dirname, '../../output');
const DIRECTORY = join(OUTPUT, 'nginx-php-fpm-8.4-debian');
/** Under s6-overlay programs run from /run, so a pod prepares it. */
const PREPARING = join(OUTPUT, 'nginx-php-fpm-8.4-alpine');
const IMAGE = 'projen-nginx-php-e2e:kubernetes';
const VOLUME = 'projen-nginx-php-e2e-kubernetes';

/** What the Deployment says of its containers. */
interface PodSpec {
  readonly securityContext: { readonly runAsUser: number; readonly runAsGroup: number; readonly fsGroup: number };
  readonly initContainers?: readonly [
    { readonly command: readonly string[]; readonly volumeMounts: readonly [{ readonly mountPath: string }] },
  ];
  readonly containers: readonly [
    {
      readonly volumeMounts: ReadonlyArray<{ readonly mountPath: string; readonly subPath?: string }>;
      readonly lifecycle: { readonly preStop: { readonly exec: { readonly command: readonly string[] } } };
    },
  ];
}

function podSpec(directory: string): PodSpec {
  const documents = parseAllDocuments(readFileSync(join(directory, 'kubernetes.yaml'), 'utf8'));
  const deployment = documents.map((document) => document.toJS()).find(({ kind }) => kind === 'Deployment') as {
    readonly spec: { readonly template: { readonly spec: PodSpec } };
  };
  return deployment.spec.template.spec;
}

jest.setTimeout(60_000);

describeWithEngine('the Debian 8.4 image with the mounts that kubernetes.yaml gives it', () => {
  const { securityContext, initContainers, containers } = podSpec(DIRECTORY);
  const [{ lifecycle }] = containers;
  const name = 'projen-nginx-php-e2e-kubernetes';
  const flags = [
    `--user=${securityContext.runAsUser}:${securityContext.runAsGroup}`,
    `--group-add=${securityContext.fsGroup}`,
    '--read-only',
    '--cap-drop=ALL',
    '--security-opt=no-new-privileges:true',
  ];

  /** Serves from the volume, mounted as a pod mounts it, and again after a crash that left it full. */
  const serveTwice = async (mount: string): Promise<void> => {
    const tmp = '--tmpfs=/tmp:rw,mode=1777';
    docker('run', '--detach', `--name=${name}`, ...flags, `--mount=${mount}`, tmp, '--publish=127.0.0.1::8080', IMAGE);
    await Server.attach(name);
    docker('kill', name);
    docker('start', name);
    const again = await Server.attach(name);
    expect(await (await again.fetch('/ping')).text()).toBe('pong');
  };

  beforeAll(() => build(join(DIRECTORY, 'amd64'), IMAGE), 600_000);

  beforeEach(() => {
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
  });

  afterAll(() => {
    tryDocker('rm', '--force', name);
    tryDocker('volume', 'rm', '--force', VOLUME);
  });

  it('serves from an emptyDir as it is, and has the program that a pod runs before it stops', async () => {
    // GIVEN plain s6, which runs nothing from /run
    expect(initContainers).toBeUndefined();
    // THEN
    await serveTwice(`type=volume,src=${VOLUME},dst=/run`);
    const begin = performance.now();
    expect(tryDocker('exec', name, ...lifecycle.preStop.exec.command).status).toBe(0);
    expect(performance.now() - begin).toBeGreaterThan(4900);
  });

  it('serves from the directory that the init container of s6-overlay makes in an emptyDir', async () => {
    // GIVEN
    const pod = podSpec(PREPARING);
    const [{ command, volumeMounts: prepared }] = pod.initContainers!;
    const [entrypoint, ...args] = command;
    const mount = `--volume=${VOLUME}:${prepared[0].mountPath}`;
    // WHEN
    docker('run', '--rm', ...flags, mount, `--entrypoint=${entrypoint}`, IMAGE, ...args);
    // THEN
    const { mountPath, subPath } = pod.containers[0].volumeMounts.find((item) => item.subPath !== undefined)!;
    await serveTwice(`type=volume,src=${VOLUME},dst=${mountPath},volume-subpath=${subPath}`);
    const list = ['ls', '-ldn', mountPath];
    expect(tryDocker('exec', name, ...list).stdout).toMatch(/^drwxrw[xs]r-x \d+ 10001 /);
  });
});
