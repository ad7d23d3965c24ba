/** A file of a build context and, where it belongs into the image, its place there. */
export interface ContextFile {
  /** Path in the context, with `/`: `config/php.ini`. */
  readonly path: string;
  readonly content: string;
  /** Whether the file in the context is executable (0755 instead of 0644). */
  readonly executable: boolean;
  /** Absolute path in the image, owned by root; absent for files that only the build uses. */
  readonly target?: string;
}

/** A file that is not run, in the context and in the image. */
export function plainFile(path: string, target: string, content: string): ContextFile {
  return { path, content, executable: false, target };
}
