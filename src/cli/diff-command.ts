import { createTwoFilesPatch } from 'diff';
import { assemble, MANIFEST_FILE } from '../synth';
import { STATUS } from './exit-status';
import { findImages, type ImageFilter } from './find-images';
import { openApp } from './open-app';
import { note, paint, print, printJson } from './terminal';
import { renderManifest } from '../synth/manifest';
import { OutputDirectory, type DiskFile } from '../synth/output-directory';
import { checkOutput } from '../synth/write-output';

/** Options of `diff`. */
export interface DiffCommandOptions extends ImageFilter {
  readonly app: string;
  readonly output: string;
  readonly json?: boolean;
}

/** What synth would do to a file. */
interface FileChange {
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed' | 'mode';
  /** Unified diff; empty where only the mode differs. */
  readonly diff: string;
}

/** A file as it is, or would be. */
type Side = Pick<DiskFile, 'executable'> & { readonly text: string };

/** `dockerfile-generator diff`: what synth would change, as a unified diff; gives the exit status. */
export async function diffCommand(options: DiffCommandOptions): Promise<number> {
  const app = await openApp(options.app, options.output);
  const images = findImages(app, options).map(({ node }) => node.id);
  const isWhole = [options.names?.length, options.php, options.platform, options.release].every((asked) => !asked);
  const changes = findChanges(app, options.output).filter(
    ({ path }) => isWhole || images.includes(path.split('/')[0]!),
  );
  if (options.json) {
    printJson({ output: options.output, drift: changes.length > 0, changes });
  } else {
    changes.forEach((change) => print(colour(change.diff || `${change.path}: only the executable bit differs\n`)));
    note(summary(options.output, changes));
  }
  return changes.length > 0 ? STATUS.failed : STATUS.ok;
}

function findChanges(app: Parameters<typeof assemble>[0], output: string): FileChange[] {
  const { manifest, files } = assemble(app, output);
  const { written, removed } = checkOutput(output, manifest);
  const directory = new OutputDirectory(output);
  const next = new Map<string, Side>();
  for (const { path, content, executable } of files()) {
    if (written.includes(path)) {
      next.set(path, { text: content, executable });
    }
  }
  if (written.includes(MANIFEST_FILE)) {
    next.set(MANIFEST_FILE, { text: renderManifest(manifest), executable: false });
  }
  return [...written, ...removed].map((path) => compare(path, toSide(directory.read(path)), next.get(path)));
}

function toSide(file: DiskFile | undefined): Side | undefined {
  return file && { text: file.content.toString(), executable: file.executable };
}

function compare(path: string, before: Side | undefined, after: Side | undefined): FileChange {
  const names = [before ? `a/${path}` : '/dev/null', after ? `b/${path}` : '/dev/null'] as const;
  const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  if (change === 'changed' && before?.text === after?.text) {
    return { path, change: 'mode', diff: '' };
  }
  const patch = createTwoFilesPatch(...names, before?.text ?? '', after?.text ?? '');
  return { path, change, diff: patch.replace(/^=+\n/, '').replace(/^(---|\+\+\+) (.*)\t$/gm, '$1 $2') };
}

function colour(diff: string): string {
  return diff
    .split('\n')
    .map((line, index) => (index < 2 ? paint('bold', line) : paintLine(line)))
    .join('\n');
}

function paintLine(line: string): string {
  if (line.startsWith('@@')) {
    return paint('cyan', line);
  }
  return line.startsWith('+') ? paint('green', line) : line.startsWith('-') ? paint('red', line) : line;
}

function summary(output: string, changes: readonly FileChange[]): string {
  if (changes.length === 0) {
    return `${output} is up to date\n`;
  }
  const count = (kind: FileChange['change']) => changes.filter(({ change }) => change === kind).length;
  return `${output}: ${count('changed') + count('mode')} would change, ${count('added')} would be added, ${count('removed')} would be removed\n`;
}
