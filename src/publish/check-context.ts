import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf } from './identity';
import { byCodePoint } from '../catalog/order';
import type { Problem } from '../errors/problem';
import type { Manifest } from '../synth/manifest';

const NEXT = 'run: dockerfile-generator synth';

/** Where a build context on the disk is not what the manifest says; nothing is built of one that disagrees. */
export function checkContext(output: string, manifest: Manifest, context: string): Problem[] {
  const listed = new Map(filesOf(manifest, context));
  const present = listFiles(join(output, context)).map((path) => `${context}/${path}`);
  const extra = present.filter((path) => !listed.has(path));
  return [
    ...[...listed].flatMap(([path, file]) => checkFile(join(output, path), path, file)),
    ...extra.map((path) => ({
      where: path,
      what: 'the manifest does not know it, and a build would get it',
      next: `remove it, or ${NEXT}`,
    })),
    ...(listed.size === 0 ? [{ where: context, what: 'the manifest lists no file of it', next: NEXT }] : []),
  ];
}

function checkFile(path: string, where: string, file: Manifest['files'][string]): Problem[] {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (!status?.isFile()) {
    return [{ where, what: status ? 'it is not a file' : 'it is not there', next: NEXT }];
  }
  const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
  if (sha256 !== file.sha256) {
    return [{ where, what: 'its content is not what the manifest says', next: NEXT }];
  }
  const executable = (status.mode & 0o100) !== 0;
  return executable === (file.executable ?? false)
    ? []
    : [{ where, what: `it is ${executable ? '' : 'not '}executable, and the manifest says otherwise`, next: NEXT }];
}

/** Everything below a directory that is not a directory, links included. */
function listFiles(directory: string): string[] {
  const root = lstatSync(directory, { throwIfNoEntry: false });
  if (!root?.isDirectory()) {
    return [];
  }
  return readdirSync(directory, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory()
        ? listFiles(join(directory, entry.name)).map((path) => `${entry.name}/${path}`)
        : [entry.name],
    )
    .sort(byCodePoint);
}
