import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dockerProblem } from '../build/docker-problem';
import { runCommand, type CommandResult, type Run } from '../command';
import type { Layout } from '../oci/layout';
import type { Descriptor, ImageIndex, ImageManifest } from '../oci/types';

/** How docker is called. */
export interface LocalEngineOptions {
  readonly program?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  readonly run?: Run;
}

/** Brings images into the engine of this machine. */
export class LocalEngine {
  constructor(private readonly options: LocalEngineOptions) {}

  /** Architecture that the engine runs natively; undefined where no engine answers. */
  async architecture(): Promise<string | undefined> {
    const { status, stdout } = await this.docker(['version', '--format={{.Server.Arch}}']);
    return status === 0 ? stdout.trim() : undefined;
  }

  /** Loads a layout under a name. */
  async load(layout: Layout, reference: string): Promise<void> {
    const named = mkdtempSync(join(tmpdir(), 'projen-nginx-php-load-'));
    try {
      writeFileSync(join(named, 'index.json'), nameIndex(layout, fullName(reference)));
      writeFileSync(join(named, 'manifest.json'), dockerManifest(layout, reference));
      const archive = join(named, 'image.tar');
      const files = ['-C', layout.directory, 'oci-layout', 'blobs', '-C', named, 'index.json', 'manifest.json'];
      await this.must('tar', 'tar', ['-cf', archive, ...files]);
      await this.must(`loading ${reference}`, this.program, ['load', `--input=${archive}`]);
    } finally {
      rmSync(named, { recursive: true, force: true });
    }
  }

  /** Pulls an image by its digest, under the platform that is meant. */
  async pull(reference: string, platform: string): Promise<void> {
    await this.must(`pulling ${reference}`, this.program, ['pull', '--quiet', `--platform=${platform}`, reference]);
  }

  async remove(reference: string): Promise<void> {
    await this.docker(['image', 'rm', '--force', reference]);
  }

  private get program(): string {
    return this.options.program ?? 'docker';
  }

  private docker(args: readonly string[]): Promise<CommandResult> {
    return this.call(this.program, args);
  }

  private call(program: string, args: readonly string[]): Promise<CommandResult> {
    const { environment, signal, run = runCommand } = this.options;
    return run(program, args, { environment, signal });
  }

  private async must(where: string, program: string, args: readonly string[]): Promise<void> {
    const result = await this.call(program, args);
    if (result.status !== 0) {
      throw dockerProblem(where, result);
    }
  }
}

/** The index of a layout, with the name under which an engine keeps it. */
function nameIndex({ root }: Layout, reference: string): string {
  const annotations = { 'io.containerd.image.name': reference };
  const index: ImageIndex = { schemaVersion: 2, manifests: [{ ...root, annotations }] };
  return JSON.stringify(index);
}

/** The same for an engine without the containerd image store. */
function dockerManifest(layout: Layout, reference: string): string {
  const { config, layers } = layout.json<ImageManifest>(layout.image);
  const path = ({ digest }: Descriptor): string => `blobs/${digest.replace(':', '/')}`;
  return JSON.stringify([{ Config: path(config), RepoTags: [reference], Layers: layers.map(path) }]);
}

/** A name with its registry, as the engine completes it. */
function fullName(reference: string): string {
  const [first = '', ...rest] = reference.split('/');
  if (rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')) {
    return reference;
  }
  return rest.length === 0 ? `docker.io/library/${reference}` : `docker.io/${reference}`;
}
