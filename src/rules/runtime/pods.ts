import { byCodePoint } from '../../catalog';
import { flatMap } from '../../config/flat-map';
import { onceFor } from '../../config/once-for';
import type { Finding } from '../rule';
import type { RuleSubject } from '../rule-subject';
import { asFields, asList, type Fields } from './fields';

/** A container of a pod. */
export interface PodContainer {
  readonly name: string;
  /** Whether it ends before the server starts. */
  readonly init: boolean;
  readonly fields: Fields;
  /** Its own security context. */
  readonly security: Fields;
  readonly pod: Pod;
}

/** A description of pods, whatever makes them. */
export interface Pod {
  /** `kubernetes.yaml` */
  readonly path: string;
  readonly spec: Fields;
  /** The security context of the pod. */
  readonly security: Fields;
  readonly containers: readonly PodContainer[];
}

/** File that runs the image in a cluster. */
const BASE = 'kubernetes.yaml';

/** Every YAML file that is none of compose; kustomize reads one without an ending too. */
export function clusterFiles(subject: RuleSubject): string[] {
  return subject.files
    .map(({ path }) => path)
    .filter((path) => /\.ya?ml$|(?:^|\/)Kustomization$/.test(path) && !/^(?:docker-)?compose[^/]*$/.test(path))
    .filter((path) => !subject.contexts.some(({ architecture }) => path.startsWith(`${architecture}/`)))
    .sort(byCodePoint);
}

/** Every mapping at any depth of a document. */
export function allFields(value: unknown, found: Fields[] = []): readonly Fields[] {
  if (typeof value !== 'object' || value === null) {
    return found;
  }
  if (!Array.isArray(value)) {
    found.push(value as Fields);
  }
  for (const inner of Object.values(value)) {
    allFields(inner, found);
  }
  return found;
}

/** A mapping of a file of a cluster. */
interface ClusterFields {
  readonly path: string;
  readonly fields: Fields;
}

/** Every mapping of the files of a cluster, at any depth. */
export const clusterFields = onceFor((subject: RuleSubject): readonly ClusterFields[] =>
  flatMap(clusterFiles(subject), (path) => allFields(subject.yaml(path)).map((fields) => ({ path, fields }))),
);

/** Every pod; throws where kubernetes.yaml is not there, or has none. */
export const pods = onceFor((subject: RuleSubject): readonly Pod[] => {
  const found = clusterFields(subject)
    .filter(({ fields }) => 'containers' in fields)
    .map(({ path, fields }) => toPod(path, fields));
  if (!found.some(({ path }) => path === BASE)) {
    throw new Error(`${BASE} is not there, or runs nothing`);
  }
  return found;
});

/** What is found in each pod. */
export function eachPod(subject: RuleSubject, look: (pod: Pod) => readonly string[]): Finding[] {
  return flatMap(pods(subject), (pod) => look(pod).map((what) => ({ file: pod.path, what: `the pod: ${what}` })));
}

/** What is found in each container of the pods. */
export function eachContainer(subject: RuleSubject, look: (container: PodContainer) => readonly string[]): Finding[] {
  return flatMap(pods(subject), ({ path, containers }) =>
    flatMap(containers, (container) =>
      look(container).map((what) => ({ file: path, what: `the container ${container.name}: ${what}` })),
    ),
  );
}

function toPod(path: string, spec: Fields): Pod {
  const containers: PodContainer[] = [];
  const pod = { path, spec, security: asFields(spec.securityContext, 'securityContext'), containers };
  for (const key of ['initContainers', 'containers', 'ephemeralContainers']) {
    for (const item of asList(spec[key], key)) {
      const fields = asFields(item, `a container of ${key}`);
      const security = asFields(fields.securityContext, 'securityContext');
      // A sidecar is an init container that never ends.
      const init = key === 'initContainers' && fields.restartPolicy !== 'Always';
      containers.push({ name: String(fields.name), init, fields, security, pod });
    }
  }
  return pod;
}
