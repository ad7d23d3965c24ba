import { createHash } from 'node:crypto';
import { byCodePoint } from '../catalog';
import { Pool } from '../config';
import { gathered } from '../model/json-texts';
import type { ReportTexts } from '../report';
import { largeFile } from './large-file';
import { sha256 } from './output-plan';
import { FileTable } from './output-table';
import type { OutputFile } from './render-image';
import { Spool } from './spool';

/** Texts that are known by their content, and half of the hashes of those of late: much is the same in many images. */
const KNOWN = 500;

/** UTF-16 units of the longest of them: a report is not to stay in memory. */
const LONGEST_KNOWN = 32_768;

/** In the place of the number of a text that is not kept. */
const NONE = -1;

function* passing(texts: Iterable<string>, look: (text: string) => void): Generator<string> {
  for (const text of texts) {
    look(text);
    yield text;
  }
}

/** Every file that was rendered: what the manifest says of it, and its text, each text once. */
export class RenderedFiles {
  private table = new FileTable();

  private readonly spool = new Spool();

  /** Number of its text in the spool, by the row of its hash. */
  private readonly texts: number[] = [];

  /** Rows by texts of several images. */
  private readonly rows = new Map<string, number>();

  /** Rows by hashes: a text of one image alone is not kept in memory for having been there. */
  private hashed = new Pool<number>(KNOWN);

  /** Adds a file that stands beside the images. */
  addReport({ path, texts }: ReportTexts): void {
    const hash = createHash('sha256');
    const text = this.spool.keep(passing(gathered(texts), (piece) => hash.update(piece)));
    const row = this.table.addHash(hash.digest('hex'));
    this.texts[row] = text;
    this.table.add(path, [{ name: '', executable: false, row }]);
  }

  /**
   * Adds an image's files.
   *
   * @param isWritten whether their texts need not be kept
   */
  add(first: string, files: readonly OutputFile[], isWritten = false): void {
    const own = new Map<string, number>();
    this.table.add(
      first,
      files.map(({ path, content, executable }) => ({
        name: path.slice(first.length + 1),
        executable,
        row: this.rowOf(content, own, isWritten),
      })),
    );
  }

  /** Puts what was added in its order: by the first segment of the paths. */
  close(): void {
    this.table = this.table.sorted(byCodePoint);
    this.rows.clear();
    this.hashed = new Pool();
  }

  /** What the manifest lists. */
  get listed(): FileTable {
    return this.table;
  }

  /** A file of this path, executable or not; undefined where its text was too much to keep. */
  file(path: string, executable: boolean): OutputFile | undefined {
    const content = this.spool.kept(this.texts[this.table.rowOf(path)!]!);
    if (content === undefined) {
      return undefined;
    }
    return typeof content === 'string' ? { path, content, executable } : largeFile(path, content, executable);
  }

  /** @param own rows of texts of the image */
  private rowOf(content: string, own: Map<string, number>, isWritten: boolean): number {
    let row = own.get(content) ?? this.rows.get(content);
    if (row === undefined) {
      own.set(content, (row = this.hashedRowOf(content)));
    }
    if (!isWritten && this.texts[row] === NONE) {
      this.texts[row] = this.spool.keep([content]);
    }
    return row;
  }

  private hashedRowOf(content: string): number {
    let isNew = false;
    const hash = sha256(content);
    const row = this.hashed.share(hash, () => {
      isNew = true;
      return this.table.addHash(hash);
    });
    if (isNew) {
      this.texts[row] = NONE;
    } else if (content.length <= LONGEST_KNOWN) {
      if (this.rows.size >= KNOWN) {
        this.rows.clear();
      }
      this.rows.set(content, row);
    }
    return row;
  }
}
