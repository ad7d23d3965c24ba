import type { RunDescription } from '../run-description';
import { claimName } from './deployment';
import { metadata, selector } from './metadata';

/** A claim for each directory that outlives a container. */
export function claims(run: RunDescription): object[] {
  return run.mounts
    .filter(({ kind }) => kind === 'volume')
    .map(({ name, mebibytes }) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: metadata(run, claimName(run, name)),
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: `${mebibytes}Mi` } } },
    }));
}

/** That not all pods are taken away at once, where there are several; with one it would only hold up its node. */
export function disruptionBudgets(run: RunDescription): object[] {
  if (run.mounts.some(({ kind }) => kind === 'volume')) {
    return [];
  }
  return [
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: metadata(run),
      spec: { maxUnavailable: 1, selector: { matchLabels: selector(run) } },
    },
  ];
}
