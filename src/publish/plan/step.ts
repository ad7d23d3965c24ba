/** What every step has. */
interface StepBase {
  /** `push web/amd64 registry.example.com/shop/web` */
  readonly id: string;
  /** Name of the image in the manifest. */
  readonly image: string;
  /** Steps that have to succeed before. */
  readonly needs: readonly string[];
  /** Why it is done, in a few words. */
  readonly reason: string;
}

interface ArchitectureStep extends StepBase {
  readonly architecture: string;
}

interface RegistryStep extends StepBase {
  /** Id of the destination. */
  readonly destination: string;
}

/** Builds an image into an OCI layout on this machine. */
export interface BuildStep extends ArchitectureStep {
  readonly kind: 'build';
  readonly platform: string;
  /** Relative to the output. */
  readonly context: string;
  readonly identity: string;
  /** Creation time of the image, as ISO 8601. */
  readonly created: string;
  /** Name of a builder of buildx; @default - the current one */
  readonly builder?: string;
  readonly buildContexts: readonly string[];
  readonly network?: string;
  /** Whether no layer is taken from the builder's cache: packages are of the day. */
  readonly noCache: boolean;
  readonly provenance: 'max';
  readonly sbom: true;
  /** Arguments of the build, by name. Provenance publishes them. */
  readonly buildArguments: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

/** Puts an image into the engine of this machine. */
export interface LoadStep extends ArchitectureStep {
  readonly kind: 'load';
  readonly reference: string;
}

/** Checks that an image behaves, or at least is what its labels say. */
export interface VerifyStep extends ArchitectureStep {
  readonly kind: 'verify';
  readonly mode: 'run' | 'inspect';
}

/** Brings an image into a repository, by digest and without a tag. */
export interface PushStep extends ArchitectureStep, RegistryStep {
  readonly kind: 'push';
  /** Destination that it is copied from; @default - the layout on this machine */
  readonly from?: string;
}

/** Asks a scanner, by digest. */
export interface ScanStep extends ArchitectureStep {
  readonly kind: 'scan';
  readonly by: 'digest';
}

/** Writes a manifest list, by digest and without a tag. */
export interface ListStep extends RegistryStep {
  readonly kind: 'list';
  /** Architectures that this run puts in. */
  readonly architectures: readonly string[];
  /** Architectures that are kept of the list that is there. */
  readonly keeps: readonly string[];
  /** Tag whose list is changed; @default - the list is new */
  readonly base?: string;
  /** List that is copied as it is, with its signatures; @default - it is written */
  readonly copyOf?: { readonly destination: string; readonly digest: string };
}

/** Signs a list with all that it names, by digest. */
export interface SignStep extends RegistryStep {
  readonly kind: 'sign';
  readonly by: 'digest';
}

/** Verifies the signature that was made. */
export interface CheckSignatureStep extends RegistryStep {
  readonly kind: 'check-signature';
  readonly by: 'digest';
}

/** Moves a tag to a list. */
export interface TagStep extends RegistryStep {
  readonly kind: 'tag';
  readonly tag: string;
  /** Digest that it points to before; @default - it is new */
  readonly before?: string;
}

/** One step of a plan. */
export type Step =
  BuildStep | LoadStep | VerifyStep | PushStep | ScanStep | ListStep | SignStep | CheckSignatureStep | TagStep;

/** Kinds of steps. */
export type StepKind = Step['kind'];
