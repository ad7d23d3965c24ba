import type { Manifest, ManifestFile, WrittenFiles } from './manifest';
import { filesOf, RecordFiles, type OutputFiles } from './output-files';
import { FileTable, type TableEntry } from './output-table';
import { objectTexts } from '../model/json-texts';

/** Name of the manifest in the output directory. */
export const MANIFEST_FILE = 'manifest.json';

/** Where the JSON Schema of the manifest is published. */
export const MANIFEST_SCHEMA_ID = 'https://unpkg.com/projen-nginx-php/schema/manifest.schema.json';

/** No segment of a path is empty, `.` or `..`: nothing outside the output is read, written or removed. */
export const FILE_PATH = /^(?!\.{1,2}(?:\/|$))[^/]+(?:\/(?!\.{1,2}(?:\/|$))[^/]+)*$/;

/** Hexadecimal. */
export const SHA256 = /^[0-9a-f]{64}$/;

/** Text of a manifest. */
export function renderManifest(manifest: Manifest): string {
  return [...manifestTexts(manifest)].join('');
}

/** Text of a manifest in pieces, none of them large: JSON with two spaces, as JSON.stringify writes it. */
export function* manifestTexts(manifest: Manifest): Generator<string> {
  const { $schema, version, images } = manifest;
  yield `{\n  "$schema": ${JSON.stringify($schema)},\n  "version": ${version},\n  "images": `;
  yield* objectTexts(Object.entries(images));
  yield ',\n  "files": ';
  yield* fileTexts(filesOf(manifest).entries());
  yield '\n}\n';
}

/** As `objectTexts` would tell them, in a third of the time: files are most of a manifest. */
function* fileTexts(files: Iterable<readonly [string, ManifestFile]>): Generator<string> {
  let open = false;
  for (const [path, { sha256, executable }] of files) {
    const more = executable ? ',\n      "executable": true' : '';
    yield `${open ? ',' : '{'}\n    ${JSON.stringify(path)}: {\n      "sha256": "${sha256}"${more}\n    }`;
    open = true;
  }
  yield open ? '\n  }' : '{}';
}

/** Text of a list of files, as `parseWrittenFiles` reads it. */
export function renderWrittenFiles({ files }: WrittenFiles): string {
  return `${JSON.stringify({ version: 1, files }, null, 2)}\n`;
}

/**
 * The files that a manifest lists; undefined for a text that is none. Every write looks at one, so this is read
 * without the schema of the whole, which takes longer to load than a file to write.
 */
export function parseWrittenFiles(text: string): OutputFiles | undefined {
  const manifest = parseObject(text);
  const files = manifest?.files;
  if (manifest?.version !== 1 || !isObject(files)) {
    return undefined;
  }
  return Object.entries(files).every(([path, file]) => FILE_PATH.test(path) && isWrittenFile(file))
    ? new RecordFiles(files as Manifest['files'])
    : undefined;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isWrittenFile(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value.sha256 === 'string' &&
    SHA256.test(value.sha256) &&
    (value.executable === undefined || value.executable === true) &&
    Object.keys(value).every((key) => key === 'sha256' || key === 'executable')
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The files that a manifest lists, read line by line as `manifestTexts` writes it; undefined for any other text, which
 * is for `parseWrittenFiles`.
 */
export function readWrittenFiles(lines: Iterable<string>): OutputFiles | undefined {
  const reader = new Reader();
  for (const line of lines) {
    if (!reader.read(line)) {
      return undefined;
    }
  }
  return reader.files;
}

/** A file, a hash and an end, as they are written on lines of their own. */
const FILE_LINE = /^ {4}("(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"): \{$/;
const HASH_LINE = /^ {6}"sha256": "([0-9a-f]{64})"(,?)$/;

/** Follows the lines of a manifest. */
class Reader {
  private readonly table = new FileTable();

  private state: 'head' | 'files' | 'hash' | 'mode' | 'close' | 'end' | 'done' = 'head';

  private version = false;

  private path = '';

  private first = '';

  private readonly seen = new Set<string>();

  private entries: TableEntry[] = [];

  /** What was read, once the manifest is at its end. */
  get files(): OutputFiles | undefined {
    return this.state === 'done' && this.version ? this.table : undefined;
  }

  /** Whether the line is one that may stand here. */
  read(line: string): boolean {
    switch (this.state) {
      case 'head':
        return this.readHead(line);
      case 'files':
        return this.readPath(line);
      case 'hash':
        return this.readHash(line);
      case 'mode':
        return this.move(line === '      "executable": true', 'close', () => this.keep(true));
      case 'close':
        return this.move(/^ {4}\},?$/.test(line), line.endsWith(',') ? 'files' : 'end');
      case 'end':
        return line === '  }' || this.move(line === '}', 'done', () => this.flush());
      default:
        return line === '';
    }
  }

  private readHead(line: string): boolean {
    this.version ||= line === '  "version": 1,';
    return line === '  "files": {' ? this.move(true, 'files') : line !== '}';
  }

  private readPath(line: string): boolean {
    const [, text] = FILE_LINE.exec(line) ?? [];
    if (text === undefined) {
      return false;
    }
    this.path = JSON.parse(text) as string;
    return this.move(FILE_PATH.test(this.path), 'hash');
  }

  private readHash(line: string): boolean {
    const [, hash, more] = HASH_LINE.exec(line) ?? [];
    if (hash === undefined) {
      return false;
    }
    const slash = this.path.indexOf('/');
    const first = slash < 0 ? this.path : this.path.slice(0, slash);
    if (first !== this.first) {
      this.flush();
      this.first = first;
      if (this.seen.has(first)) {
        return false;
      }
      this.seen.add(first);
    }
    const row = this.table.addHash(hash);
    this.entries.push({ name: slash < 0 ? '' : this.path.slice(slash + 1), executable: false, row });
    return this.move(true, more === ',' ? 'mode' : 'close');
  }

  private keep(executable: boolean): void {
    this.entries.push({ ...this.entries.pop()!, executable });
  }

  private flush(): void {
    if (this.entries.length > 0) {
      this.table.add(this.first, this.entries);
    }
    this.entries = [];
  }

  private move(isRight: boolean, next: Reader['state'], then?: () => void): boolean {
    if (isRight) {
      this.state = next;
      then?.();
    }
    return isRight;
  }
}
