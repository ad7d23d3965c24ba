import type { Manifest, WrittenFiles } from './manifest';

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
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Text of a journal: the manifest to come, and the files that syntheses before it began to write and did not finish. */
export function renderJournal(manifest: Manifest, unfinished: WrittenFiles['files']): string {
  return `${JSON.stringify({ ...manifest, unfinished }, null, 2)}\n`;
}

/**
 * The files that a manifest or a journal lists; undefined for a text that is neither. Every write looks at one, so this
 * is read without the schema of the whole, which takes longer to load than a file to write.
 */
export function parseWrittenFiles(text: string): WrittenFiles[] | undefined {
  const { version, files, unfinished = {} } = parseObject(text) ?? {};
  return version === 1 && isWrittenFiles(files) && isWrittenFiles(unfinished)
    ? [{ files }, { files: unfinished }]
    : undefined;
}

function isWrittenFiles(value: unknown): value is WrittenFiles['files'] {
  return isObject(value) && Object.entries(value).every(([path, file]) => FILE_PATH.test(path) && isWrittenFile(file));
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
