import type { RunDescription } from '../run-description';

/** Labels by which an image's own pods are found. */
export function selector({ name }: RunDescription): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/name': name };
}

/** Name, namespace and labels of an object; each image has a namespace of its own. */
export function metadata(run: RunDescription, name = run.name): object {
  return { name, namespace: run.name, labels: selector(run) };
}
