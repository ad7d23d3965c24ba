import { byCodePoint } from '../catalog';
import { sha256 } from './output-plan';
import { FileTable } from './output-table';
import type { OutputFile } from './render-image';
import { Spool } from './spool';

/** Texts that are known by their content; most of what images are made of is the same from one to the next. */
const KNOWN = 500;

/** UTF-16 units of the longest of them: a report is not to stay in memory. */
const LONGEST_KNOWN = 32_768;

/** Every file that was rendered: what the manifest says of it, and its text, each text once. */
export class RenderedFiles {
  private table = new FileTable();

  private readonly spool = new Spool();

  private readonly rows = new Map<string, number>();

  /** Adds an image's files, or one that stands beside the images. */
  add(first: string, files: readonly OutputFile[]): void {
    this.table.add(
      first,
      files.map(({ path, content, executable }) => ({
        name: path.slice(first.length + 1),
        executable,
        row: this.rowOf(content),
      })),
    );
  }

  /** Puts what was added in its order: by the first segment of the paths. */
  close(): void {
    this.table = this.table.sorted(byCodePoint);
    this.rows.clear();
  }

  /** What the manifest lists. */
  get listed(): FileTable {
    return this.table;
  }

  /** A file of this path and text; undefined where the text was too much to keep. */
  text(path: string): string | undefined {
    const row = this.table.rowOf(path);
    return row === undefined ? undefined : this.spool.kept(row);
  }

  private rowOf(content: string): number {
    const known = this.rows.get(content);
    if (known !== undefined) {
      return known;
    }
    const row = this.table.addHash(sha256(content));
    if (this.rows.size >= KNOWN) {
      this.rows.clear();
    }
    if (content.length <= LONGEST_KNOWN) {
      this.rows.set(content, row);
    }
    this.spool.keep(row, content);
    return row;
  }
}
