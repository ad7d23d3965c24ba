import { parseAllDocuments } from 'yaml';
import { ImageConstruct, Testing, type ImagePart, type ImageProps } from '../../../src';
import { OwnPart, shopApp } from '../image/support';

/** The files that run the image `shop`. */
export interface ShopFiles {
  /** Text of a file of its directory. */
  readonly text: (path: string) => string;
  /** The one service of a compose file. */
  readonly service: (path?: string) => ComposeService;
  /** The objects of kubernetes.yaml of a kind. */
  readonly objects: (kind: string) => readonly KubernetesObject[];
  /** The first container of the Deployment. */
  readonly container: () => Container;
}

/** What tests read of a compose service. */
export type ComposeService = Readonly<Record<string, unknown>> & {
  readonly ports: readonly string[];
  readonly tmpfs: readonly string[];
  readonly volumes?: readonly string[];
};

/** What tests read of an object of Kubernetes. */
export interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: unknown;
}

/** What tests read of a container of Kubernetes. */
export interface Container {
  readonly ports: ReadonlyArray<{ readonly name: string; readonly containerPort: number }>;
  readonly volumeMounts: ReadonlyArray<{
    readonly name: string;
    readonly mountPath: string;
    readonly subPath?: string;
  }>;
  readonly resources: { readonly limits: Readonly<Record<string, string>> };
  readonly livenessProbe: { readonly periodSeconds: number; readonly failureThreshold: number };
}

/** Synthesizes `shop` with a construct of one's own in it. */
export function shopFiles(props: Partial<ImageProps> = {}, contribute?: (part: ImagePart) => void): ShopFiles {
  const { app, shop } = shopApp(props);
  if (contribute) {
    new OwnPart(shop, 'own', contribute);
  }
  const { file } = Testing.synth(app);
  const text = (path: string) => file(`shop/${path}`);
  const yaml = <T>(path: string): T[] => parseAllDocuments(text(path)).map((document) => document.toJS() as T);
  const objects = (kind: string) => yaml<KubernetesObject>('kubernetes.yaml').filter((object) => object.kind === kind);
  return {
    text,
    service: (path = 'compose.yaml') => yaml<{ services: { web: ComposeService } }>(path)[0]!.services.web,
    objects,
    container: () => (objects('Deployment')[0]!.spec as { template: PodTemplate }).template.spec.containers[0],
  };
}

interface PodTemplate {
  readonly spec: { readonly containers: readonly [Container] };
}

/** The ids that several images of one app get in Compose and Kubernetes. */
export function namespacesOf(ids: readonly string[]): string[] {
  const app = Testing.app();
  ids.forEach((id) => new ImageConstruct(app, id, { php: '8.4', platform: 'debian', architectures: ['amd64'] }));
  const { file } = Testing.synth(app);
  return ids.map((id) => /^kind: Namespace\nmetadata:\n {2}name: (.+)$/m.exec(file(`${id}/kubernetes.yaml`))![1]!);
}
