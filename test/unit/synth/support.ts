import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DockerfileGeneratorError, ImageApp, ImageConstruct, type OutputReport, type SynthOptions } from '../../../src';

/** What stands in the output beside the directories of the images. */
export const BESIDE_IMAGES: readonly string[] = [
  'compliance.json',
  'compliance.sarif',
  'docker-bake.json',
  'index.html',
  'manifest.json',
];

const ROOT = join(__dirname, '../../..');

const made: string[] = [];

/** A directory of the test's own, removed by `removeTemporaryDirectories`. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'synth-test-'));
  made.push(directory);
  return directory;
}

export function removeTemporaryDirectories(): void {
  made.splice(0).forEach((directory) => rmSync(directory, { recursive: true, force: true }));
}

/** Synthesizes images named by `ids`, of one architecture each. */
export function synthInto(outdir: string, ids: readonly string[] = ['shop'], options: SynthOptions = {}): OutputReport {
  const app = new ImageApp({ outdir });
  ids.forEach((id) => new ImageConstruct(app, id, { php: '8.4', platform: 'debian', architectures: ['amd64'] }));
  return app.synth(options);
}

/** The error of ours that something throws. */
export function errorOf(run: () => unknown): DockerfileGeneratorError {
  try {
    run();
  } catch (error) {
    if (error instanceof DockerfileGeneratorError) {
      return error;
    }
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** What can be seen of a file without touching it. */
export interface Entry {
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  readonly mode: string;
  readonly inode: number;
  readonly modified: number;
  readonly content: string;
}

/** Every entry below a directory, by relative path. */
export function listing(directory: string, below = ''): Record<string, Entry> {
  return Object.fromEntries(
    readdirSync(join(directory, below)).flatMap((name) => {
      const path = join(below, name);
      const place = join(directory, path);
      const stats = lstatSync(place);
      const kind = stats.isDirectory()
        ? 'directory'
        : stats.isFile()
          ? 'file'
          : stats.isSymbolicLink()
            ? 'link'
            : 'other';
      const content = kind === 'file' ? readFileSync(place, 'utf8') : kind === 'link' ? readlinkSync(place) : '';
      const mode = (stats.mode & 0o7777).toString(8);
      const entry: Entry = { kind, mode, inode: stats.ino, modified: stats.mtimeMs, content };
      return [[path, entry] as const, ...(kind === 'directory' ? Object.entries(listing(directory, path)) : [])];
    }),
  );
}

/** Content of every file below a directory, by relative path. */
export function contents(directory: string): Record<string, string> {
  const files = Object.entries(listing(directory)).filter(([, entry]) => entry.kind !== 'directory');
  return Object.fromEntries(files.map(([path, { content }]) => [path, content]));
}

/** What a child process said and how it ended. */
export interface ChildResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a TypeScript file of this folder in a process of its own. */
export function startChild(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', join(__dirname, script), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export function endOf(child: ChildProcess): Promise<ChildResult> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr })));
}

/** Why no file system can be mounted here; undefined where it can. */
function withoutMounts(): string | undefined {
  if (process.getuid?.() !== 0) {
    return 'needs root, to mount file systems and to act as somebody else';
  }
  try {
    onMount('size=64k', () => undefined);
    return undefined;
  } catch (error) {
    return `nothing can be mounted here: ${(error as Error).message}`;
  }
}

/**
 * `describe` where this process may mount file systems, and act as somebody else. Elsewhere the tests are skipped, and
 * say why; where REQUIRE_ENGINE=1 asks for them, as CI does, they fail.
 */
export function describeAsRoot(title: string, tests: () => void): void {
  const reason = withoutMounts();
  if (reason === undefined) {
    describe(title, tests);
    return;
  }
  if (process.env.REQUIRE_ENGINE === '1') {
    it(`${title}: root is required`, () => {
      throw new Error(reason);
    });
    return;
  }
  process.stderr.write(`skipped: ${title}: ${reason}\n`);
  const skipped = describe.skip;
  skipped(title, tests);
}

/** Runs something in a directory that is a file system of its own. */
export function onMount(options: string, run: (directory: string) => void): void {
  const directory = temporaryDirectory();
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', directory], { stdio: 'pipe' });
  try {
    run(directory);
  } finally {
    execFileSync('umount', [directory]);
  }
}
