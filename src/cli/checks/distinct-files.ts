import type { OutputFile } from '../../synth/render-image';

/** Files of one content are judged once. */
export function distinctFiles(files: readonly OutputFile[], matches: (file: OutputFile) => boolean): OutputFile[] {
  const seen = new Set<string>();
  return files.filter(matches).filter(({ content }) => {
    const isNew = !seen.has(content);
    seen.add(content);
    return isNew;
  });
}

/** Name of a file without its directories. */
export function baseName({ path }: OutputFile): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Image, architecture and path in the context of a file; undefined outside of one. */
export function placeInContext(path: string): { image: string; architecture: string; file: string } | undefined {
  const [, image, architecture, file] = /^([^/]+)\/(amd64|arm64)\/(.+)$/.exec(path) ?? [];
  return image && architecture && file ? { image, architecture, file } : undefined;
}
