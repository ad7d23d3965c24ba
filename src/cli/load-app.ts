import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Esbuild from 'esbuild';
import { DockerfileGeneratorError } from '../errors';
import type { ImageApp } from '../synth';
import { shareOwnModules } from './own-modules';

/** The module that describes the images: it gets an app and adds images to it. */
export type AppModule = (app: ImageApp) => void | Promise<void>;

/** What is remembered of a transpiled module: the hash of every source that went into it. */
interface CacheEntry {
  readonly sources: Readonly<Record<string, string>>;
}

/**
 * Loads the module with the tree. TypeScript is transpiled by esbuild into a cache that is keyed by the content of
 * every source; nothing of projen is loaded.
 *
 * @throws DockerfileGeneratorError CONFIG_LOAD_ERROR
 */
export async function loadApp(file: string): Promise<AppModule> {
  const path = resolve(file);
  if (!existsSync(path)) {
    throw loadError(
      file,
      'there is no such file',
      'write a first one: dockerfile-generator init; or name yours: --app FILE, or "dockerfile-generator": {"app": FILE} in package.json',
    );
  }
  shareOwnModules();
  const exports = importModule(path, file);
  const found = findDefault(exports);
  if (typeof found !== 'function') {
    throw loadError(
      file,
      'its default export is not a function',
      'write: export default function images(app: ImageApp): void { ... }',
    );
  }
  return found as AppModule;
}

function importModule(path: string, file: string): unknown {
  try {
    // Under tsx, as in this package's own repository, TypeScript is understood already.
    const understood = !/\.[cm]?tsx?$/.test(path) || require.extensions['.ts'] !== undefined;
    return createRequire(path)(understood ? path : transpile(path));
  } catch (error) {
    if (error instanceof DockerfileGeneratorError) {
      throw error;
    }
    // The first line says it; what required what is for --debug.
    const [message = ''] = (error as Error).message.split('\nRequire stack:');
    throw loadError(file, message, 'mend the module; its stack is shown with --debug', error);
  }
}

/** Compilers wrap a default export once or twice. */
function findDefault(exports: unknown): unknown {
  let found = exports;
  while (typeof found === 'object' && found !== null && 'default' in found) {
    found = found.default;
  }
  return found;
}

/** Transpiles and bundles the person's own sources; packages stay where they are. */
function transpile(path: string): string {
  const directory = join(dirname(path), 'node_modules', '.cache', 'projen-nginx-php');
  const key = createHash('sha256').update(path).digest('hex').slice(0, 16);
  const output = join(directory, `${key}.cjs`);
  const index = join(directory, `${key}.json`);
  if (isFresh(index, dirname(path)) && existsSync(output)) {
    return output;
  }
  const esbuild = findEsbuild(path);
  const result = esbuild.buildSync({
    entryPoints: [path],
    absWorkingDir: dirname(path),
    bundle: true,
    packages: 'external',
    define: {
      'import.meta.url': JSON.stringify(pathToFileURL(path).href),
      __dirname: JSON.stringify(dirname(path)),
      __filename: JSON.stringify(path),
    },
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  mkdirSync(directory, { recursive: true });
  const sources = Object.keys(result.metafile.inputs).map(
    (name) => [name, hashOf(resolve(dirname(path), name))] as const,
  );
  replace(output, result.outputFiles[0]!.text);
  replace(index, JSON.stringify({ sources: Object.fromEntries(sources) } satisfies CacheEntry));
  return output;
}

/** esbuild of the person's project, or the one that this package brought along. */
function findEsbuild(path: string): typeof Esbuild {
  for (const from of [path, __filename]) {
    try {
      return createRequire(from)('esbuild') as typeof Esbuild;
    } catch {
      continue;
    }
  }
  throw loadError(
    relative(process.cwd(), path),
    'TypeScript cannot be read here: esbuild is not installed',
    'npm install --save-dev esbuild, or run the command under tsx',
  );
}

function isFresh(index: string, root: string): boolean {
  try {
    const { sources } = JSON.parse(readFileSync(index, 'utf8')) as CacheEntry;
    return Object.entries(sources).every(([name, hash]) => hashOf(resolve(root, name)) === hash);
  } catch {
    return false;
  }
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

function replace(path: string, content: string): void {
  writeFileSync(`${path}.${process.pid}`, content);
  renameSync(`${path}.${process.pid}`, path);
}

function loadError(where: string, what: string, next: string, cause?: unknown): DockerfileGeneratorError {
  return new DockerfileGeneratorError('CONFIG_LOAD_ERROR', [{ where, what, next }], { cause });
}
