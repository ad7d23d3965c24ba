import type { ManifestFile } from './manifest';
import type { OutputFiles } from './output-files';

/** Bytes of a sha256. */
const HASH = 32;

/** Hashes, or rows, that are allotted at a time: nothing that has grown large is copied into something larger. */
const BLOCK = 2048;

/** Paths below an image's directory, the same object for all images that have the same ones. */
interface Shape {
  readonly names: readonly string[];
  readonly places: ReadonlyMap<string, number>;
  /** By place; empty where none is executable. */
  readonly executables: ReadonlySet<number>;
}

/** What stands below one first segment of paths: an image, or one file beside the images. */
interface Group {
  readonly shape: Shape;
  /** Where the rows of its files begin in the list of all rows. */
  readonly first: number;
  /** Place of its first file in the whole order. */
  readonly start: number;
}

/** A file below a first segment; its name is empty for a file beside the images. */
export interface TableEntry {
  readonly name: string;
  readonly executable: boolean;
  /** Row of the hash in the table. */
  readonly row: number;
}

/**
 * Files of a manifest in little memory: a number a file, and each hash and each list of names once. Groups are added in
 * their order.
 */
export class FileTable implements OutputFiles {
  private readonly shapes = new Map<string, Shape>();

  private readonly groups = new Map<string, Group>();

  /** Row of the hash of each file, as they were added: one list for all groups. */
  private fileRows: Uint32Array[] = [];

  private hashes: Buffer[] = [];

  private rows = 0;

  size = 0;

  /** Keeps a hash; gives its row. */
  addHash(sha256: string): number {
    const place = this.rows % BLOCK;
    if (place === 0) {
      this.hashes.push(Buffer.alloc(BLOCK * HASH));
    }
    this.hashes.at(-1)!.write(sha256, place * HASH, 'hex');
    return this.rows++;
  }

  /** Hexadecimal. */
  hash(row: number): string {
    const place = (row % BLOCK) * HASH;
    return this.hashes[Math.floor(row / BLOCK)]!.toString('hex', place, place + HASH);
  }

  /** Adds what stands below a first segment. */
  add(first: string, entries: readonly TableEntry[]): void {
    const start = this.size;
    for (const { row } of entries) {
      const place = this.size++ % BLOCK;
      if (place === 0) {
        this.fileRows.push(new Uint32Array(BLOCK));
      }
      this.fileRows.at(-1)![place] = row;
    }
    this.groups.set(first, { shape: this.shapeOf(entries), first: start, start });
  }

  /** The same files, with the groups in another order. */
  sorted(order: (a: string, b: string) => number): FileTable {
    const table = new FileTable();
    table.hashes = this.hashes;
    table.fileRows = this.fileRows;
    table.rows = this.rows;
    for (const [first, group] of [...this.groups].sort(([a], [b]) => order(a, b))) {
      table.groups.set(first, { ...group, start: table.size });
      table.size += group.shape.names.length;
    }
    return table;
  }

  indexOf(path: string): number {
    const found = this.find(path);
    return found ? found.group.start + found.place : -1;
  }

  get(path: string): ManifestFile | undefined {
    const found = this.find(path);
    return found && this.entry(found.group, found.place);
  }

  /** Row of the hash of a file. */
  rowOf(path: string): number | undefined {
    const found = this.find(path);
    return found && this.rowAt(found.group, found.place);
  }

  *paths(): Generator<string> {
    for (const [first, { shape }] of this.groups) {
      for (const name of shape.names) {
        yield name === '' ? first : `${first}/${name}`;
      }
    }
  }

  roots(): Iterable<string> {
    return this.groups.keys();
  }

  *entries(): Generator<readonly [string, ManifestFile]> {
    for (const [first, group] of this.groups) {
      for (const [place, name] of group.shape.names.entries()) {
        yield [name === '' ? first : `${first}/${name}`, this.entry(group, place)];
      }
    }
  }

  private find(path: string): { readonly group: Group; readonly place: number } | undefined {
    const slash = path.indexOf('/');
    const group = this.groups.get(slash < 0 ? path : path.slice(0, slash));
    const place = group?.shape.places.get(slash < 0 ? '' : path.slice(slash + 1));
    return group && place !== undefined ? { group, place } : undefined;
  }

  private rowAt({ first }: Group, place: number): number {
    const index = first + place;
    return this.fileRows[Math.floor(index / BLOCK)]![index % BLOCK]!;
  }

  private entry(group: Group, place: number): ManifestFile {
    const sha256 = this.hash(this.rowAt(group, place));
    return group.shape.executables.has(place) ? { sha256, executable: true } : { sha256 };
  }

  private shapeOf(entries: readonly TableEntry[]): Shape {
    const key = entries.map(({ name, executable }) => (executable ? `${name}\0` : name)).join('\n');
    const shape = this.shapes.get(key) ?? {
      names: entries.map(({ name }) => name),
      places: new Map(entries.map(({ name }, place) => [name, place])),
      executables: new Set(entries.flatMap(({ executable }, place) => (executable ? [place] : []))),
    };
    this.shapes.set(key, shape);
    return shape;
  }
}
