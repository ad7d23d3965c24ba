import type { Manifest, ManifestFile } from './manifest';

/** Files that a manifest lists, in their order; a great manifest is no object graph. */
export interface OutputFiles {
  readonly size: number;
  /** Place of a file in the order; -1 for one that is not listed. */
  indexOf(path: string): number;
  /** What the manifest says of a file; undefined for one that is not listed. */
  get(path: string): ManifestFile | undefined;
  paths(): Iterable<string>;
  /** First segments of the paths, each at least once. */
  roots(): Iterable<string>;
  entries(): Iterable<readonly [path: string, file: ManifestFile]>;
}

/** Files as they stand in an object. */
export class RecordFiles implements OutputFiles {
  private places?: ReadonlyMap<string, number>;

  constructor(private readonly files: Manifest['files']) {}

  get size(): number {
    return Object.keys(this.files).length;
  }

  indexOf(path: string): number {
    this.places ??= new Map(Object.keys(this.files).map((name, index) => [name, index]));
    return this.places.get(path) ?? -1;
  }

  get(path: string): ManifestFile | undefined {
    return Object.hasOwn(this.files, path) ? this.files[path] : undefined;
  }

  paths(): Iterable<string> {
    return Object.keys(this.files);
  }

  roots(): Iterable<string> {
    return Object.keys(this.files).map((path) => path.split('/', 1)[0]!);
  }

  entries(): Iterable<readonly [string, ManifestFile]> {
    return Object.entries(this.files);
  }
}

/** Some of the files of a manifest. */
export class PathSet {
  private readonly marks: Uint8Array;

  private count = 0;

  constructor(private readonly files: OutputFiles) {
    this.marks = new Uint8Array(files.size);
  }

  get size(): number {
    return this.count;
  }

  /** @param index place of the file in the manifest */
  add(index: number): void {
    this.count += 1 - this.marks[index]!;
    this.marks[index] = 1;
  }

  has(path: string): boolean {
    const index = this.files.indexOf(path);
    return index >= 0 && this.marks[index] === 1;
  }

  /** The paths, sorted. */
  paths(): string[] {
    const found: string[] = [];
    let index = 0;
    for (const path of this.files.paths()) {
      if (this.marks[index++] === 1) {
        found.push(path);
      }
    }
    return found.sort();
  }
}

const FILES = new WeakMap<Manifest, OutputFiles>();

/** A manifest whose object of files is made when somebody asks for it: a synthesis does not. */
export function manifestOf(head: Omit<Manifest, 'files'>, files: OutputFiles): Manifest {
  let record: Manifest['files'] | undefined;
  const manifest = Object.defineProperty({ ...head }, 'files', {
    enumerable: true,
    configurable: true,
    get: () => (record ??= Object.fromEntries(files.entries())),
  }) as Manifest;
  FILES.set(manifest, files);
  return manifest;
}

/** The files of a manifest. */
export function filesOf(manifest: Manifest): OutputFiles {
  return FILES.get(manifest) ?? new RecordFiles(manifest.files);
}
