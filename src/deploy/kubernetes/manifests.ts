import type { RunDescription } from '../run-description';
import { deployment, isPrepared } from './deployment';
import { selector } from './metadata';
import { networkPolicy, service } from './network';
import { claims, disruptionBudgets } from './storage';

/** Everything that runs an image in a cluster, in the order in which it is made. */
export function kubernetesManifests(run: RunDescription): object[] {
  return [namespace(run), ...claims(run), networkPolicy(run), deployment(run), ...disruptionBudgets(run), service(run)];
}

/** A namespace in which nothing runs that is less confined. */
function namespace(run: RunDescription): object {
  const modes = ['enforce', 'audit', 'warn'];
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: run.name,
      labels: {
        ...selector(run),
        ...Object.fromEntries(modes.map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted'])),
      },
    },
  };
}

/** Lets `kubectl apply -k` and other kustomizations take the image's directory. */
export function kustomization(): object {
  return { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: ['kubernetes.yaml'] };
}

/** Where a node keeps the seccomp profile, below the kubelet's own directory of profiles. */
export function localhostProfile(run: RunDescription): string {
  return `profiles/${run.image}.json`;
}

/** A component that takes the image's own seccomp profile in the place of the runtime's. */
export function seccompComponent(run: RunDescription): object {
  const value = { type: 'Localhost', localhostProfile: localhostProfile(run) };
  const prepared = run.mounts.filter(isPrepared).map((_, index) => `initContainers/${index}/`);
  const places = ['', ...prepared, 'containers/0/'];
  const patch = places.map((place) => ({
    op: 'replace',
    path: `/spec/template/spec/${place}securityContext/seccompProfile`,
    value,
  }));
  return {
    apiVersion: 'kustomize.config.k8s.io/v1alpha1',
    kind: 'Component',
    patches: [
      {
        target: { group: 'apps', version: 'v1', kind: 'Deployment', name: run.name },
        patch: `${JSON.stringify(patch, undefined, 2)}\n`,
      },
    ],
  };
}
