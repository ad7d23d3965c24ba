import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from './manifest';
import type { OutputFile } from './render-image';
import type { Rendered } from './write-part';

/** An image with the built-in defaults as it was rendered, and judged, when this package was made. */
export interface Prebuilt {
  readonly manifest: Manifest;
  /** Every content, once. */
  readonly contents: readonly string[];
  /** Path, and the number of its content; `executable` where its mode is 0755. */
  readonly files: ReadonlyArray<readonly [path: string, content: number, executable?: 'executable']>;
}

/** Directory of the images that were rendered when this package was made. */
const DIRECTORY = join(__dirname, 'prebuilt');

/**
 * An image with the built-in defaults, if it was rendered when this package was made: the same bytes as those of a
 * synthesis, without its work. Undefined where there is none, as when the package runs from its sources.
 *
 * @param name name of the image: `nginx-php-fpm-8.4-debian`
 */
export function readPrebuilt(name: string): Rendered | undefined {
  if (!/^[a-z0-9.-]+$/.test(name)) {
    return undefined;
  }
  try {
    return unpack(JSON.parse(readFileSync(join(DIRECTORY, `${name}.json`), 'utf8')) as Prebuilt);
  } catch {
    return undefined;
  }
}

/** A rendered image in the form in which it is kept. */
export function pack(manifest: Manifest, files: Iterable<OutputFile>): Prebuilt {
  const contents: string[] = [];
  const packed = [...files].map(({ path, content, executable }) => {
    const known = contents.indexOf(content);
    const place = known < 0 ? contents.push(content) - 1 : known;
    return executable ? ([path, place, 'executable'] as const) : ([path, place] as const);
  });
  return { manifest, contents, files: packed };
}

/** What was kept, as it was rendered. */
export function unpack({ manifest, contents, files }: Prebuilt): Rendered {
  return {
    manifest,
    files: () =>
      files.map(([path, content, executable]) => ({
        path,
        content: contents[content]!,
        executable: executable === 'executable',
      })),
  };
}
