import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LABELS } from '../oci/labels';
import { Layout, withPlatform } from '../oci/layout';
import { predicatesOf, type Descriptor, type ImageManifest } from '../oci/types';
import type { FoundArchitecture } from '../plan/facts';

/** How an image passed the verification. */
export interface Verification {
  readonly digest: string;
  readonly mode: 'run' | 'inspect';
  /** Why it was only inspected, or how many checks it passed. */
  readonly detail: string;
}

/** How an image passed the gate of the scanner. */
export interface ScanRecord {
  readonly digest: string;
  /** Hash of the gate's settings: under others it is scanned again. */
  readonly policy: string;
  readonly scanner: string;
  readonly findings: number;
  readonly ignored: number;
}

/** What is remembered of one architecture of an image. */
export interface JournalEntry {
  readonly identity: string;
  /** When a build began, as ISO 8601; @default - none is under way */
  readonly begun?: string;
  /** The image that was built last. */
  readonly image?: {
    readonly digest: string;
    readonly labels: Readonly<Record<string, string>>;
    /** Digests of its layers, unpacked. */
    readonly layers?: readonly string[];
    readonly descriptors: readonly Descriptor[];
    readonly attested: readonly string[];
  };
  readonly verification?: Verification;
  readonly scan?: ScanRecord;
  /** What of the attestations could not be had, and why. */
  readonly attestations?: readonly string[];
}

const LISTS_FILE = 'lists.json';

/**
 * What a publish remembers on this machine, so that the next one goes on where it stopped: files that are replaced
 * whole, and the layouts of images that are not in every registry yet. Losing it costs time, nothing else.
 */
export class Journal {
  constructor(readonly directory: string) {}

  read(key: string): JournalEntry | undefined {
    try {
      return JSON.parse(readFileSync(this.file(key), 'utf8')) as JournalEntry;
    } catch {
      return undefined;
    }
  }

  write(key: string, entry: JournalEntry): void {
    this.replace(this.file(key), `${JSON.stringify(entry, null, 2)}\n`);
  }

  /** Changes what is remembered. */
  update(key: string, change: Partial<JournalEntry>): void {
    this.write(key, { identity: '', ...this.read(key), ...change });
  }

  /** Writes a file of its own beside the entries, such as the receipt. */
  writeFile(name: string, content: string): string {
    const path = join(this.directory, name);
    this.replace(path, content);
    return path;
  }

  /** A file of its own; undefined where there is none. */
  readFile<T>(name: string): T | undefined {
    try {
      return JSON.parse(readFileSync(join(this.directory, name), 'utf8')) as T;
    } catch {
      return undefined;
    }
  }

  /** Digest of the list of an image that was written last to a destination. */
  list(image: string, destination: string): string | undefined {
    return this.readFile<Record<string, string>>(LISTS_FILE)?.[`${image} ${destination}`];
  }

  keepList(image: string, destination: string, digest: string): void {
    const lists = { ...this.readFile<Record<string, string>>(LISTS_FILE), [`${image} ${destination}`]: digest };
    this.writeFile(LISTS_FILE, `${JSON.stringify(lists, null, 2)}\n`);
  }

  /** Where the layout of an image is kept. */
  layoutPath(key: string): string {
    return join(this.directory, 'layouts', key);
  }

  /** A directory for a layout that is not complete; what a killed build left there is removed. */
  newLayoutPath(key: string): string {
    const path = `${this.layoutPath(key)}.part`;
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** Makes a complete layout the one that is kept. */
  keepLayout(key: string): Layout {
    const path = this.layoutPath(key);
    removeAtOnce(path);
    renameSync(`${path}.part`, path);
    const layout = Layout.open(path);
    if (layout === undefined) {
      throw new Error(`${path}: the builder wrote no OCI layout`);
    }
    return layout;
  }

  dropLayout(key: string): void {
    removeAtOnce(this.layoutPath(key));
    const parent = dirname(this.layoutPath(key));
    if (existsSync(parent) && readdirSync(parent).length === 0) {
      rmSync(parent, { recursive: true });
    }
  }

  /** The image that was built here: kept as a layout, or remembered by its digest. */
  find(key: string, policy: string): FoundArchitecture | undefined {
    const entry = this.read(key);
    const layout = Layout.open(this.layoutPath(key));
    const image = layout ? imageOf(layout) : entry?.image;
    if (image === undefined) {
      return undefined;
    }
    const { digest, labels, descriptors, attested } = image;
    return {
      architecture: descriptors[0]!.platform!.architecture,
      identity: labels[LABELS.identity] ?? '',
      digest,
      created: labels[LABELS.created] ?? '',
      labels,
      descriptors,
      attested,
      verified: entry?.verification?.digest === digest,
      scanned: entry?.scan?.digest === digest && entry.scan.policy === policy,
      layers: image.layers,
      layout: layout?.directory,
    };
  }

  private file(key: string): string {
    return join(this.directory, 'state', `${key}.json`);
  }

  private replace(path: string, content: string): void {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.${process.pid}`, content);
    renameSync(`${path}.${process.pid}`, path);
  }
}

/** Removes a directory, of which nothing is seen from the first moment on: half of a layout would be taken for one. */
function removeAtOnce(path: string): void {
  const aside = `${path}.removed`;
  rmSync(aside, { recursive: true, force: true });
  if (existsSync(path)) {
    renameSync(path, aside);
    rmSync(aside, { recursive: true, force: true });
  }
}

/** What a journal keeps of a layout. */
export function imageOf(layout: Layout): NonNullable<JournalEntry['image']> {
  const { architecture, descriptors } = layout.entry;
  const [image, ...attestations] = descriptors;
  return {
    digest: image!.digest,
    labels: layout.labels,
    layers: layout.settings.rootfs?.diff_ids,
    descriptors: [image!.platform ? image! : withPlatform(image!, architecture), ...attestations],
    attested: attestations.flatMap((item) => predicatesOf(layout.json<ImageManifest>(item))),
  };
}
