import { createHash } from 'node:crypto';
import { byCodePoint } from '../catalog';
import { gathered } from '../model/json-texts';
import type { ReportTexts } from '../report';
import { largeFile } from './large-file';
import { sha256 } from './output-plan';
import { FileTable } from './output-table';
import type { OutputFile } from './render-image';
import { Spool } from './spool';

/** Texts that are known by their content; most of what images are made of is the same from one to the next. */
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

  private readonly rows = new Map<string, number>();

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
    this.table.add(
      first,
      files.map(({ path, content, executable }) => ({
        name: path.slice(first.length + 1),
        executable,
        row: this.rowOf(content, isWritten),
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

  /** A file of this path, executable or not; undefined where its text was too much to keep. */
  file(path: string, executable: boolean): OutputFile | undefined {
    const content = this.spool.kept(this.texts[this.table.rowOf(path)!]!);
    if (content === undefined) {
      return undefined;
    }
    return typeof content === 'string' ? { path, content, executable } : largeFile(path, content, executable);
  }

  private rowOf(content: string, isWritten: boolean): number {
    let row = this.rows.get(content);
    if (row === undefined) {
      row = this.table.addHash(sha256(content));
      this.texts[row] = NONE;
      if (this.rows.size >= KNOWN) {
        this.rows.clear();
      }
      if (content.length <= LONGEST_KNOWN) {
        this.rows.set(content, row);
      }
    }
    if (!isWritten && this.texts[row] === NONE) {
      this.texts[row] = this.spool.keep([content]);
    }
    return row;
  }
}
