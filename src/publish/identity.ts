import { createHash } from 'node:crypto';
import { byCodePoint } from '../catalog/order';
import type { Manifest } from '../synth/manifest';

/**
 * Identity of an image by content: the hash of every file of its context and of every other input of its build. Two
 * builds with the same identity differ in nothing but the packages of the day.
 *
 * @param application hash of the files that the build takes of an application; @default - it takes none
 */
export function identityOf(
  manifest: Manifest,
  image: string,
  architecture: string,
  buildContexts: readonly string[],
  application?: string,
): string {
  const { packageSource, architectures } = manifest.images[image]!;
  const { context, platform, base, downloads } = architectures[architecture]!;
  const files = filesOf(manifest, context).map(([path, file]) => [
    path.slice(context.length + 1),
    file.sha256,
    file.executable ?? false,
  ]);
  const inputs = {
    files,
    platform,
    base,
    downloads,
    packageSource,
    buildContexts: [...buildContexts].sort(byCodePoint),
    ...(application === undefined ? {} : { application }),
  };
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex');
}

/** The files of a context, in the order of their paths. */
export function filesOf(manifest: Manifest, context: string): ReadonlyArray<[string, Manifest['files'][string]]> {
  return Object.entries(manifest.files)
    .filter(([path]) => path.startsWith(`${context}/`))
    .sort(([a], [b]) => byCodePoint(a, b));
}
