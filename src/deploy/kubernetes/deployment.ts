import { containerSysctls, LOWEST_PORT } from '../container-options';
import { FIRST_UNPRIVILEGED_PORT, type RunDescription, type RunMount, type RunSecret } from '../run-description';
import { metadata, selector } from './metadata';

/** Name of the container that serves. */
const CONTAINER = 'web';

/** Seconds that a Service takes to send nothing new to a pod that is about to stop. */
const UNANNOUNCED = 5;

/** Name of the volume with secrets. */
const SECRETS = 'secrets';

/** What \`kubectl create secret tls\` names them. */
const SECRET_KEYS: Readonly<Record<RunSecret['name'], string>> = { 'tls-certificate': 'tls.crt', 'tls-key': 'tls.key' };

/** Where the init container sees the volume of a directory that s6 is particular about. */
const PREPARED = '/mnt/run';

/** Directory in that volume. */
const PREPARED_PATH = 'run';

/** The Deployment of an image; its pods meet the Pod Security Standard `restricted`. */
export function deployment(run: RunDescription): object {
  const kept = run.mounts.some(({ kind }) => kind === 'volume');
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(run),
    spec: {
      // A volume that one node mounts has room for one pod; without any, pods can be many.
      replicas: kept ? 1 : 2,
      revisionHistoryLimit: 3,
      selector: { matchLabels: selector(run) },
      strategy: kept ? { type: 'Recreate' } : { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0 } },
      template: { metadata: { labels: selector(run) }, spec: podSpec(run) },
    },
  };
}

function podSpec(run: RunDescription): object {
  const { uid, gid } = run;
  const prepared = run.mounts.filter(isPrepared);
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: uid,
      runAsGroup: gid,
      fsGroup: gid,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
      sysctls: podSysctls(run),
    },
    terminationGracePeriodSeconds: run.stopGracePeriod + UNANNOUNCED,
    ...(prepared.length > 0 ? { initContainers: prepared.map((mount) => initContainer(mount, run)) } : {}),
    containers: [container(run)],
    volumes: [...run.mounts.map((mount) => volume(mount, run)), ...(run.secrets.length > 0 ? [secretVolume(run)] : [])],
  };
}

/** A pod starts out with the kernel's own lowest port; where the image listens below that, it is lowered. */
function podSysctls(run: RunDescription): object[] {
  return Object.entries(containerSysctls(run))
    .filter(([name]) => name !== LOWEST_PORT || run.lowestPort < FIRST_UNPRIVILEGED_PORT)
    .map(([name, value]) => ({ name, value }));
}

/**
 * Whether a directory has to belong to the user: a volume of Kubernetes belongs to root and everybody may write to it,
 * which s6 refuses for the place of its state, the one from which programs run.
 */
export function isPrepared({ kind, exec }: RunMount): boolean {
  return kind === 'tmpfs' && exec;
}

function initContainer(mount: RunMount, run: RunDescription): object {
  const mode = `0${mount.mode.replace(/^0+/, '')}`;
  const directory = `${PREPARED}/${PREPARED_PATH}`;
  return {
    name: `prepare-${mount.name}`,
    image: run.reference,
    imagePullPolicy: 'IfNotPresent',
    command: [run.php, '-n', '-r', `umask(0); exit(is_dir("${directory}") || mkdir("${directory}", ${mode}) ? 0 : 1);`],
    securityContext: containerSecurity(run),
    resources: resources(run),
    volumeMounts: [{ name: mount.name, mountPath: PREPARED }],
  };
}

function container(run: RunDescription): object {
  return {
    name: CONTAINER,
    image: run.reference,
    imagePullPolicy: 'IfNotPresent',
    ports: run.ports.map(({ name, container: containerPort }) => ({ name, containerPort })),
    securityContext: containerSecurity(run),
    resources: resources(run),
    ...probes(run),
    lifecycle: { preStop: { exec: { command: [run.php, '-n', '-r', `sleep(${UNANNOUNCED});`] } } },
    volumeMounts: [
      ...run.mounts.map((mount) => ({
        name: mount.name,
        mountPath: mount.path,
        ...(isPrepared(mount) ? { subPath: PREPARED_PATH } : {}),
      })),
      ...run.secrets.map(({ name, path }) => ({
        name: SECRETS,
        mountPath: path,
        subPath: SECRET_KEYS[name],
        readOnly: true,
      })),
    ],
  };
}

/** Some of it the standard wants at the container; the rest is said here again, where it is looked for. */
function containerSecurity({ uid, gid }: RunDescription): object {
  return {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    privileged: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    runAsUser: uid,
    runAsGroup: gid,
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

function resources({ limits }: RunDescription): object {
  return {
    requests: { cpu: '100m', memory: `${limits.reservedMemory}Mi` },
    limits: { cpu: String(limits.cpus), memory: `${limits.memory}Mi` },
  };
}

/** A server whose workers are all busy is alive: it is given the time of a whole request, and sent nothing more. */
function probes({ requestTimeout }: RunDescription): object {
  const httpGet = { path: '/ping', port: 'http' };
  return {
    startupProbe: { httpGet, periodSeconds: 1, timeoutSeconds: 2, failureThreshold: 60 },
    livenessProbe: {
      httpGet,
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: Math.ceil(requestTimeout / 10) + 1,
    },
    readinessProbe: { httpGet, periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 2 },
  };
}

function volume({ name, kind, mebibytes }: RunMount, run: RunDescription): object {
  return kind === 'tmpfs'
    ? { name, emptyDir: { medium: 'Memory', sizeLimit: `${mebibytes}Mi` } }
    : { name, persistentVolumeClaim: { claimName: claimName(run, name) } };
}

function secretVolume(run: RunDescription): object {
  return { name: SECRETS, secret: { secretName: `${run.name}-tls`, defaultMode: 0o440 } };
}

/** Name of the claim of a volume. */
export function claimName(run: RunDescription, volumeName: string): string {
  return `${run.name}-${volumeName}`;
}
