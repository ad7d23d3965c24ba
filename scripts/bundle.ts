import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { build, type OnLoadResult, type Plugin } from 'esbuild';

/**
 * Puts the modules of a start into lib/start.js, those of a synthesis into lib/core.js, and in the place of each module
 * a line that takes it from there: reading three hundred files costs more than running them. There is one instance of
 * each module, whoever asks for it by whatever path.
 */

const ROOT = resolve(__dirname, '..');
const SOURCE = join(ROOT, 'src');
const LIB = join(ROOT, 'lib');

/** Rooms that a synthesis loads. */
const ROOMS = ['errors', 'catalog', 'config', 'model', 'image', 'deploy', 'rules', 'aspects', 'report', 'synth'];

/** Modules that every start loads, and those that write what is rendered already. */
const START = [
  'catalog/order',
  'cli/build-dockerfile-command',
  'cli/completion-shells',
  'cli/declaration',
  'cli/declare-*',
  'cli/exit-status',
  'cli/main',
  'cli/observed',
  'cli/options',
  'cli/program',
  'cli/project-settings',
  'cli/render-problem',
  'cli/report-error',
  'cli/run-cli',
  'cli/terminal',
  'cli/usage-error',
  'cli/usage-problem',
  'cli/version',
  'cli/wrap',
  'errors/*',
  'synth/is-dead',
  'synth/manifest-file',
  'synth/output-*',
  'synth/prebuilt',
  'synth/write-*',
];

/** Runs when it is loaded; nobody imports it. */
const COMMAND = 'cli/main';

/** What stays outside: shared with the tree of a person, or used by few commands. */
const EXTERNAL = ['constructs', 'esbuild'];

function modulesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(SOURCE, join(entry.parentPath, entry.name)).split(sep).join('/').slice(0, -3))
    .sort();
}

function isStart(name: string): boolean {
  return START.some((pattern) => new RegExp(`^${pattern.replace('*', '[^/]+')}$`).test(name));
}

const all = modulesBelow(SOURCE);
const BUNDLES: Readonly<Record<string, readonly string[]>> = {
  start: all.filter(isStart),
  core: all.filter((name) => ROOMS.includes(name.split('/')[0]!) && !isStart(name)),
};

/** Modules of the bundle find their own directories; the others are required from where they are. */
const places = (modules: readonly string[]): Plugin => ({
  name: 'places',
  setup({ onResolve, onLoad, resolve: find }) {
    onResolve({ filter: /^\./ }, async ({ path, pluginData, ...args }) => {
      if (pluginData === OWN || !args.importer.startsWith(SOURCE)) {
        return undefined;
      }
      const found = await find(path, { ...args, pluginData: OWN });
      const name = relative(SOURCE, found.path).split(sep).join('/').replace(/\.ts$/, '');
      if (modules.includes(name) || found.errors.length > 0) {
        return found;
      }
      return { path: `./${name}${name.endsWith('.json') ? '' : '.js'}`, external: true };
    });
    onLoad({ filter: /\.ts$/ }, ({ path }): OnLoadResult | undefined => {
      const text = readFileSync(path, 'utf8');
      const name = relative(SOURCE, path).split(sep).join('/').replace(/\.ts$/, '');
      const contents = text
        .replace(/\b__dirname\b/g, `(__lib + ${JSON.stringify(`/${dirname(name)}`)})`)
        .replace(/\b__filename\b/g, `(__lib + ${JSON.stringify(`/${name}.js`)})`)
        .replace('require(`./data/', 'requireFromLib(`./catalog/data/')
        // As a namespace its parts can be left out one by one: most of zod is for others.
        .replace("import { z } from 'zod';", "import * as z from 'zod';");
      return { contents, loader: 'ts' };
    });
  },
});

/** Marks a question of this plugin to the bundler, which must not come back to it. */
const OWN = Symbol('own');

async function bundle(file: string, modules: readonly string[]): Promise<void> {
  const entry = modules.map(
    (name) => `${JSON.stringify(name)}: () => require(${JSON.stringify(join(SOURCE, `${name}.ts`))}),`,
  );
  await build({
    stdin: {
      contents: `module.exports = {\n${entry.join('\n')}\n};`,
      resolveDir: ROOT,
      sourcefile: `${file}.ts`,
      loader: 'ts',
    },
    outfile: join(LIB, `${file}.js`),
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    // Names of classes are told, of aspects for example; keeping them costs a call a class, and a start has none to tell.
    keepNames: file === 'core',
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    conditions: ['module', 'import'],
    external: EXTERNAL,
    // By require, as the compiler does it: a module in the place of another one tells an import no names of its own.
    supported: { 'dynamic-import': false },
    // For maintainers: the package does without.
    sourcemap: 'external',
    sourcesContent: false,
    legalComments: 'none',
    banner: { js: 'const __lib = __dirname, requireFromLib = require;' },
    plugins: [places(modules)],
  });
  const bundled = createRequire(__filename)(join(LIB, `${file}.js`)) as Readonly<Record<string, () => object>>;
  for (const name of modules) {
    const names = name === COMMAND ? [] : Object.keys(bundled[name]!());
    const up = relative(dirname(join(LIB, name)), join(LIB, `${file}.js`))
      .split(sep)
      .join('/');
    mkdirSync(dirname(join(LIB, name)), { recursive: true });
    writeFileSync(
      join(LIB, `${name}.js`),
      [
        '"use strict";',
        `module.exports = require(${JSON.stringify(up.startsWith('.') ? up : `./${up}`)})[${JSON.stringify(name)}]();`,
        // Node reads it, and does not run it, to learn what an ES module can import by name.
        `0 && (module.exports = { ${names.join(', ')} });`,
        '',
      ].join('\n'),
    );
  }
}

async function main(): Promise<void> {
  for (const [file, modules] of Object.entries(BUNDLES)) {
    await bundle(file, modules);
  }
}

void main();
