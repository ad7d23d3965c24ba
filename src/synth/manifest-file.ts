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

/** Text of a list of files, as `parseWrittenFiles` reads it. */
export function renderWrittenFiles({ files }: WrittenFiles): string {
  return `${JSON.stringify({ version: 1, files }, null, 2)}\n`;
}

/**
 * The files that a manifest lists; undefined for a text that is none. Every write looks at one, so this is read
 * without the schema of the whole, which takes longer to load than a file to write.
 */
export function parseWrittenFiles(text: string): WrittenFiles | undefined {
  const manifest = parseObject(text);
  const files = manifest?.files;
  if (manifest?.version !== 1 || !isObject(files)) {
    return undefined;
  }
  return Object.entries(files).every(([path, file]) => FILE_PATH.test(path) && isWrittenFile(file))
    ? ({ files } as WrittenFiles)
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
