import type { Readable } from 'node:stream';

/** A manifest, byte for byte. */
export interface StoredManifest {
  readonly bytes: Buffer;
  readonly mediaType: string;
  readonly digest: string;
}

/** A blob that can be read again and again, so that an upload can be repeated. */
export interface BlobSource {
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
  /** Its content, from the beginning. */
  open(): Promise<Readable>;
  /**
   * Repository of the same registry that has it too.
   *
   * @default - none is known
   */
  readonly mountFrom?: string;
}

/** An OCI registry. What it cannot do is a REGISTRY_ERROR; what is not there is undefined. */
export interface Registry {
  /** `registry.example.com` */
  readonly host: string;
  /** @param reference - a tag or a digest */
  getManifest(repository: string, reference: string): Promise<StoredManifest | undefined>;
  /** Digest at a tag, or the digest itself where it is there. */
  findManifest(repository: string, reference: string): Promise<string | undefined>;
  /** Every tag of a repository; none where there is no such repository. */
  listTags(repository: string): Promise<readonly string[]>;
  /** Writes a manifest; gives its digest. */
  putManifest(
    repository: string,
    reference: string,
    manifest: Pick<StoredManifest, 'bytes' | 'mediaType'>,
  ): Promise<string>;
  hasBlob(repository: string, digest: string): Promise<boolean>;
  /** The whole of a small blob. */
  getBlob(repository: string, digest: string): Promise<Buffer>;
  /** A blob, piece by piece. */
  openBlob(repository: string, digest: string): Promise<Readable>;
  /** Uploads a blob that is not there yet; says whether it had to. */
  putBlob(repository: string, source: BlobSource): Promise<boolean>;
}
