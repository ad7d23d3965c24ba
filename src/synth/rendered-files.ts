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

/** The texts of an image, as they are known. */
export interface SeenTexts {
  /** Of each file. */
  readonly rows: readonly number[];
  /** Rows of those that no image before had, not lately at least. */
  readonly own: ReadonlyMap<string, number>;
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

  /** Looks at the texts of an image. */
  look(files: readonly OutputFile[]): SeenTexts {
    const own = new Map<string, number>();
    const rows = files.map(
      ({ content }) => own.get(content) ?? this.rows.get(content) ?? this.hashedRowOf(content, own),
    );
    return { rows, own };
  }

  /**
   * Adds an image's files.
   *
   * @param rows of their texts
   * @param isWritten whether their texts need not be kept
   */
  add(first: string, files: readonly OutputFile[], { rows }: SeenTexts, isWritten = false): void {
    this.table.add(
      first,
      files.map(({ path, executable }, index) => ({
        name: path.slice(first.length + 1),
        executable,
        row: rows[index]!,
      })),
    );
    if (!isWritten) {
      files.forEach(({ content }, index) => this.keep(content, rows[index]!));
    }
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

  private keep(content: string, row: number): void {
    if (this.texts[row] === NONE) {
      this.texts[row] = this.spool.keep([content]);
    }
  }

  /** @param own takes what no image before had */
  private hashedRowOf(content: string, own: Map<string, number>): number {
    let isNew = false;
    const hash = sha256(content);
    const row = this.hashed.share(hash, () => {
      isNew = true;
      return this.table.addHash(hash);
    });
    if (isNew) {
      this.texts[row] = NONE;
      own.set(content, row);
    } else if (content.length <= LONGEST_KNOWN) {
      if (this.rows.size >= KNOWN) {
        this.rows.clear();
      }
      this.rows.set(content, row);
    }
    return row;
  }
}
