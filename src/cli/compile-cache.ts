import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { basename, dirname, join, sep } from 'node:path';
import { constants, Script } from 'node:vm';

/** node's own way from a text to a module; node has a cache of compiled code of its own from 22.1 on alone. */
interface CompilingModule {
  _compile(this: NodeModule, content: string, filename: string): unknown;
}

/** Bundles of this package: large, and the same at each start. */
const BUNDLES = ['start.js', 'tree.js', 'schema.js', 'core.js'];

/**
 * Keeps what V8 compiles the bundles to in `node_modules/.cache`, beside this package, where whoever may write there may
 * change this package as well. Where nobody can write, or V8 refuses what it finds, all is compiled as ever.
 */
export function enableCompileCache(lib: string): void {
  const directory = cacheDirectory(lib);
  if (directory === undefined) {
    return;
  }
  const compiling = Module.prototype as unknown as CompilingModule;
  const original = compiling._compile;
  compiling._compile = function (content, filename) {
    return dirname(filename) === lib && BUNDLES.includes(basename(filename))
      ? compileCached(this, content, { filename, directory })
      : original.call(this, content, filename);
  };
}

/** Only below node_modules: elsewhere nothing is left behind. */
function cacheDirectory(lib: string): string | undefined {
  const modules = lib.split(sep).lastIndexOf('node_modules');
  return modules < 0
    ? join(lib, '..', 'node_modules', '.cache', 'projen-nginx-php')
    : join(
        lib
          .split(sep)
          .slice(0, modules + 1)
          .join(sep),
        '.cache',
        'projen-nginx-php',
      );
}

function compileCached(
  module: NodeModule,
  content: string,
  { filename, directory }: { readonly filename: string; readonly directory: string },
): unknown {
  const { size, mtimeMs, ctimeMs, ino } = statSync(filename);
  const name = [basename(filename), process.version, process.arch, size, mtimeMs, ctimeMs, ino].join('-');
  const path = join(directory, `${name}.bin`);
  const cachedData = readQuietly(path);
  const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  const script = new Script(Module.wrap(content), { filename, cachedData, importModuleDynamically });
  if (cachedData === undefined || script.cachedDataRejected) {
    // At the end V8 knows which functions a start needs.
    process.once('exit', () => writeQuietly(path, script.createCachedData()));
  }
  const run = script.runInThisContext() as (...args: unknown[]) => unknown;
  return run.call(module.exports, module.exports, createRequire(filename), module, filename, dirname(filename));
}

function readQuietly(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

function writeQuietly(path: string, data: Buffer): void {
  try {
    const directory = dirname(path);
    mkdirSync(directory, { recursive: true });
    // What this node kept of an earlier version of the bundle.
    const [bundle, version] = basename(path).split('-');
    readdirSync(directory)
      .filter((name) => name.startsWith(`${bundle}-${version}-`) && name.endsWith('.bin'))
      .forEach((name) => unlinkSync(join(directory, name)));
    writeFileSync(`${path}.${process.pid}`, data);
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    return;
  }
}
