import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BindMount } from './engine';

/** Files that a verification lays over places of the image, read-only. */
export class MountedFiles {
  private readonly directory = mkdtempSync(join(tmpdir(), 'projen-nginx-php-verify-'));

  private count = 0;

  constructor() {
    chmodSync(this.directory, 0o755);
  }

  /** A file that every user may read, and run where it is a program. */
  add(target: string, content: string, executable = false): BindMount {
    this.count += 1;
    const source = join(this.directory, String(this.count));
    writeFileSync(source, content);
    chmodSync(source, executable ? 0o755 : 0o644);
    return { source, target };
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
