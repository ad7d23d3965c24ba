import type { Readable } from 'node:stream';
import { ByteReader } from './byte-reader';

/** One entry of an archive. */
export interface TarEntry {
  /** Absolute, without a slash at the end. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink' | 'hardlink' | 'other';
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Names of extended attributes, such as `security.capability`. */
  readonly attributes: readonly string[];
  /** Text of a file that was asked for. */
  readonly content?: string;
}

const BLOCK = 512;

/** Reads a tar stream (ustar, GNU, PAX): every entry, with the text of the files that `wanted` names. */
export async function readTar(archive: Readable, wanted: (path: string) => boolean): Promise<TarEntry[]> {
  const reader = new ByteReader(archive);
  const entries: TarEntry[] = [];
  let extra = new Map<string, string>();
  for (;;) {
    const header = await reader.read(BLOCK);
    if (header === undefined || header.every((byte) => byte === 0)) {
      return entries;
    }
    const type = String.fromCharCode(header[156]!);
    const size = extra.has('size') ? Number(extra.get('size')) : readNumber(header, 124, 12);
    const padded = Math.ceil(size / BLOCK) * BLOCK;
    if ('xgLK'.includes(type)) {
      const content = (await reader.read(padded)) ?? Buffer.alloc(0);
      readExtra(type, content.subarray(0, size), extra);
      continue;
    }
    const entry = describe(header, type, extra);
    const hasContent = entry.kind === 'file' && wanted(entry.path);
    const content = hasContent ? await reader.read(padded) : await reader.skip(padded);
    entries.push(hasContent ? { ...entry, content: content?.subarray(0, size).toString('utf8') } : entry);
    extra = new Map();
  }
}

function describe(header: Buffer, type: string, extra: ReadonlyMap<string, string>): TarEntry {
  const prefix = readText(header, 257, 5) === 'ustar' && header[262] === 0 ? readText(header, 345, 155) : '';
  const name = extra.get('path') ?? (prefix ? `${prefix}/` : '') + readText(header, 0, 100);
  return {
    path: `/${name.replace(/^\.?\/+/, '').replace(/\/+$/, '')}`,
    kind: KINDS[type] ?? 'other',
    mode: readNumber(header, 100, 8) & 0o7777,
    uid: Number(extra.get('uid') ?? readNumber(header, 108, 8)),
    gid: Number(extra.get('gid') ?? readNumber(header, 116, 8)),
    attributes: [...extra.keys()].filter((key) => key.startsWith(XATTR)).map((key) => key.slice(XATTR.length)),
  };
}

const KINDS: Readonly<Record<string, TarEntry['kind']>> = {
  '\0': 'file',
  0: 'file',
  1: 'hardlink',
  2: 'symlink',
  5: 'directory',
  7: 'file',
};

const XATTR = 'SCHILY.xattr.';

/** PAX records (`x`) and the long names of GNU (`L`; `K` is the target of a link). Global records say nothing of a file. */
function readExtra(type: string, content: Buffer, extra: Map<string, string>): void {
  if (type === 'L') {
    extra.set('path', content.toString('utf8').replace(/\0+$/, ''));
  }
  for (let at = 0; type === 'x' && at < content.length;) {
    const space = content.indexOf(' ', at);
    const length = Number(content.toString('latin1', at, space));
    const record = content.toString('utf8', space + 1, at + length - 1);
    const equals = record.indexOf('=');
    extra.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
}

function readText(header: Buffer, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? length : end);
}

/** Octal digits, or from the first bit on a number of base 256. */
function readNumber(header: Buffer, start: number, length: number): number {
  if ((header[start]! & 0x80) === 0) {
    return parseInt(readText(header, start, length).trim() || '0', 8);
  }
  return header.subarray(start + 1, start + length).reduce((value, byte) => value * 256 + byte, 0);
}
