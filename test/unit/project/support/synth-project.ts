import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NginxPhpProject, type NginxPhpProjectOptions } from '../../../../src';

/** Files of a repository, as `npx projen` writes them, without what it installs. */
export class RepositoryFiles {
  /** A repository with the least that has to be said, and what is asked for. */
  static of(options: Partial<NginxPhpProjectOptions> = {}): RepositoryFiles {
    const outdir = mkdtempSync(join(tmpdir(), 'repository-'));
    process.env.PROJEN_DISABLE_POST = 'true';
    try {
      new NginxPhpProject({ name: 'shop', defaultReleaseBranch: 'main', outdir, ...options }).synth();
      return new RepositoryFiles(outdir);
    } finally {
      delete process.env.PROJEN_DISABLE_POST;
    }
  }

  private constructor(readonly directory: string) {}

  read(path: string): string {
    return readFileSync(join(this.directory, path), 'utf8');
  }

  json<T>(path: string): T {
    return JSON.parse(this.read(path)) as T;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}
