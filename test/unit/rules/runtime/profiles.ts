import type { ImageFacts } from '../../../../src/rules/image-facts';
import { foundInImage } from '../written';

/** A compose file of one service, by what is set there beside its image. */
export function service(settings: string): string {
  return `services:\n  web:\n    image: shop\n${indented(settings, 4)}`;
}

/** A pod of one container, by what is set for the container, and for the pod. */
export function pod(settings: string, spec = ''): string {
  return `kind: Pod\nspec:\n${indented(spec, 2)}  containers:\n    - name: web\n${indented(settings, 6)}`;
}

/** What a rule finds in files of a deployment; what is not said of compose and of the cluster is a plain server. */
export function foundInDeployment(
  id: string,
  files: Readonly<Record<string, string>>,
  facts?: Partial<ImageFacts>,
): string[] {
  return foundInImage(id, { ...PLAIN, ...files }, facts);
}

function indented(text: string, depth: number): string {
  return text === '' ? '' : `${text.trim().replace(/^/gm, ' '.repeat(depth))}\n`;
}

const PLAIN: Readonly<Record<string, string>> = {
  'compose.yaml': service('restart: "no"'),
  'kubernetes.yaml': pod('resources: { limits: { memory: 1Gi, cpu: "1" } }'),
};
