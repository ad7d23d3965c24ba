import type { OutputDirectory } from './output-directory';
import type { OutputFile } from './render-image';
import type { StagedDirectory } from './staged-directory';

/** Writes files, those of a directory one after the other: a directory that is new as a whole, any other file by file. */
export function writeFiles(directory: OutputDirectory, files: Iterable<OutputFile>): void {
  const writer = new FileWriter(directory);
  try {
    for (const file of files) {
      writer.write(file);
    }
    writer.end();
  } catch (error) {
    writer.abandon();
    throw error;
  }
}

class FileWriter {
  /** First segment of the paths that are being written. */
  private name = '';

  private staged: StagedDirectory | undefined;

  constructor(private readonly directory: OutputDirectory) {}

  write(file: OutputFile): void {
    const slash = file.path.indexOf('/');
    const name = slash < 0 ? '' : file.path.slice(0, slash);
    if (name !== this.name) {
      this.end();
      this.name = name;
      this.staged = name === '' ? undefined : this.directory.stage(name);
    }
    if (this.staged) {
      this.staged.write(file);
    } else {
      this.directory.write(file.path, file.texts ?? file.content, { executable: file.executable });
    }
  }

  /** Puts the last directory into its place. */
  end(): void {
    if (this.staged) {
      this.directory.commit(this.staged);
    }
    this.staged = undefined;
  }

  /** Leaves nothing of what has no place yet. */
  abandon(): void {
    this.staged?.discard();
  }
}
