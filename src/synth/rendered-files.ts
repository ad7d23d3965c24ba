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

  private readonly rows = new Map<string, number>();

  /** Adds a file that stands beside the images. */
  addReport({ path, texts }: ReportTexts): void {
    const hash = createHash('sha256');
    this.spool.keep(passing(gathered(texts), (piece) => hash.update(piece)));
    this.table.add(path, [{ name: '', executable: false, row: this.table.addHash(hash.digest('hex')) }]);
  }

  /** Adds an image's files. */
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

  /** A file of this path, executable or not; undefined where its text was too much to keep. */
  file(path: string, executable: boolean): OutputFile | undefined {
    const content = this.spool.kept(this.table.rowOf(path)!);
    if (content === undefined) {
      return undefined;
    }
    return typeof content === 'string' ? { path, content, executable } : largeFile(path, content, executable);
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
    this.spool.keep([content]);
    return row;
  }
}
