import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { docker } from './engine';

/** Why Compose cannot be used; undefined where it can. */
export function lacksCompose(): string | undefined {
  const { status } = spawnSync('docker', ['compose', 'version']);
  return status === 0 ? undefined : 'docker compose is not installed: run .ci/testbed (Debian 12, as root)';
}

/** What of a compose file is run, and as what. */
export interface ComposeOptions {
  /** Directory of an image in the output. */
  readonly directory: string;
  /** Files of it, the first one first. */
  readonly files: readonly string[];
  /** Name of the project. */
  readonly project: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Further mounts, `HOST:CONTAINER`; all of them read-only. */
  readonly mounts?: readonly string[];
}

/** What a run of docker compose gave. */
export interface ComposeResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A compose file, used as a person would. Its ports are published wherever there is room. */
export class Compose {
  private readonly temporary = mkdtempSync(join(tmpdir(), 'compose-'));

  constructor(private readonly options: ComposeOptions) {
    const volumes = (options.mounts ?? []).map((mount) => {
      const [source, target] = mount.split(':');
      return { type: 'bind', source, target, read_only: true };
    });
    const service = `ports: !override ["127.0.0.1::8080"]\n    volumes: ${JSON.stringify(volumes)}`;
    writeFileSync(this.override, `services:\n  web:\n    ${service}\n`);
  }

  /** Runs docker compose, whatever it gives. */
  run(...args: string[]): ComposeResult {
    const { directory, files, project, environment } = this.options;
    const options = [
      `--project-name=${project}`,
      ...files.map((file) => `--file=${join(directory, file)}`),
      `--file=${this.override}`,
    ];
    return spawnSync('docker', ['compose', ...options, ...args], {
      encoding: 'utf8',
      env: { ...process.env, ...environment },
    });
  }

  /** Starts the service; gives its container. */
  up(): string {
    this.run('down', '--volumes', '--timeout=1');
    const { status, stderr } = this.run('up', '--detach', '--quiet-pull');
    if (status !== 0) {
      throw new Error(`docker compose up ended with ${status}: ${stderr}`);
    }
    return docker('ps', '--all', '--quiet', `--filter=label=com.docker.compose.project=${this.options.project}`).trim();
  }

  /** Removes everything that was started. */
  remove(): void {
    this.run('down', '--volumes', '--timeout=1');
    rmSync(this.temporary, { recursive: true, force: true });
  }

  private get override(): string {
    return join(this.temporary, 'override.yaml');
  }
}
