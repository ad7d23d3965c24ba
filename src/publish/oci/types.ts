/** What points to a blob or a manifest. */
export interface Descriptor {
  readonly mediaType: string;
  /** `sha256:...` */
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
  readonly platform?: { readonly architecture: string; readonly os: string; readonly variant?: string };
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A manifest of one image, or of the attestations of one. */
export interface ImageManifest {
  readonly schemaVersion: 2;
  readonly mediaType?: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A manifest list. */
export interface ImageIndex {
  readonly schemaVersion: 2;
  readonly mediaType?: string;
  readonly manifests: readonly Descriptor[];
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The part of an image's configuration that is read. */
export interface ImageSettings {
  readonly architecture: string;
  /** Digests of the layers, unpacked. */
  readonly rootfs?: { readonly diff_ids?: readonly string[] };
  readonly config?: {
    readonly User?: string;
    readonly Labels?: Readonly<Record<string, string>> | null;
    readonly Env?: readonly string[] | null;
    readonly Entrypoint?: readonly string[] | null;
    readonly ExposedPorts?: Readonly<Record<string, object>> | null;
  };
}

/** Media types of manifests. */
export const MEDIA_TYPES = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  dockerIndex: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
} as const;

/** Whether a media type is that of a manifest list. */
export function isIndex(mediaType: string | undefined): boolean {
  return mediaType === MEDIA_TYPES.index || mediaType === MEDIA_TYPES.dockerIndex;
}

/** Where BuildKit says which image an attestation is about. */
export const ATTESTATION = {
  type: 'vnd.docker.reference.type',
  typeValue: 'attestation-manifest',
  subject: 'vnd.docker.reference.digest',
  predicate: 'in-toto.io/predicate-type',
} as const;

/** What the attestations of a manifest are: `https://spdx.dev/Document`. */
export function predicatesOf(manifest: ImageManifest): string[] {
  return manifest.layers.flatMap(({ annotations }) => annotations?.[ATTESTATION.predicate] ?? []);
}
