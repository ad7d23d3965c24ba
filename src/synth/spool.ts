import type { OutputFile } from './render-image';

/** Bytes of rendered files that are kept between checking and writing. */
const SPOOL = 64 * 1024 * 1024;

/** Rendered files that are kept until they are written, as many as there is room for. */
export class Spool {
  private readonly images = new Map<string, readonly OutputFile[]>();

  private bytes = 0;

  /** Keeps the files of an image, where there is still room. */
  keep(name: string, files: readonly OutputFile[]): void {
    this.bytes += files.reduce((sum, { content }) => sum + content.length, 0);
    if (this.bytes <= SPOOL) {
      this.images.set(name, files);
    }
  }

  /** The files of an image; undefined where they were too many to keep. */
  kept(name: string): readonly OutputFile[] | undefined {
    return this.images.get(name);
  }
}
