import type { OutputFile } from './render-image';

/** A file in pieces; its text is put together where somebody asks for the whole. */
export function largeFile(path: string, texts: Iterable<string>, executable = false): OutputFile {
  return {
    path,
    executable,
    texts,
    get content() {
      return [...texts].join('');
    },
  };
}
