import type { OutputFile } from './render-image';

/** A file in pieces; its text is put together where somebody asks for the whole. */
export function largeFile(path: string, texts: Iterable<string>): OutputFile {
  return {
    path,
    executable: false,
    texts,
    get content() {
      return [...texts].join('');
    },
  };
}
