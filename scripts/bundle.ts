import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { build, type OnLoadResult, type Plugin } from 'esbuild';
import { BUNDLES, bundleOf } from './bundled-modules';
import { LAZY_EXPORTS } from '../src/project/lazy-exports';

/**
 * Puts the modules of a start into lib/start.js, those of a tree into lib/tree.js, those that check what it was given
 * into lib/schema.js, those that render and judge it into lib/core.js, and in the place of each module a line that takes
 * it from there: reading three hundred files costs more than running them. There is one instance of each module, whoever
 * asks for it by whatever path.
 */

const ROOT = resolve(__dirname, '..');
const SOURCE = join(ROOT, 'src');
const LIB = join(ROOT, 'lib');

/** What stays outside: shared with the tree of a person, or used by few commands. */
const EXTERNAL = ['constructs', 'esbuild'];

/** Modules of the bundle find their own directories; those of another are taken from it, the rest from where they are. */
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
      const bundled = bundleOf(name);
      if (bundled !== undefined) {
        return { path: name, namespace: 'bundled', pluginData: bundled };
      }
      return { path: `./${name}${name.endsWith('.json') ? '' : '.js'}`, external: true };
    });
    onLoad({ filter: /^/, namespace: 'bundled' }, ({ path, pluginData }): OnLoadResult => {
      const place = `requireFromLib(${JSON.stringify(`./${String(pluginData)}.js`)})[${JSON.stringify(path)}]`;
      // Variables of this bundle: a look into a module at each call would cost a fiftieth of a synthesis.
      const names = Object.keys(load(join(LIB, path))).join(', ');
      return { contents: `const { ${names} } = ${place}();\nexport { ${names} };`, loader: 'js' };
    });
    // commander has commands that are programs of their own; here there are none.
    onLoad({ filter: /commander\/lib\/command\.js$/ }, ({ path }): OnLoadResult => {
      const text = readFileSync(path, 'utf8');
      return { contents: text.replace("= require('node:child_process')", '= {}'), loader: 'js' };
    });
    onLoad({ filter: /\.ts$/ }, ({ path }): OnLoadResult | undefined => {
      const text = readFileSync(path, 'utf8');
      const name = relative(SOURCE, path).split(sep).join('/').replace(/\.ts$/, '');
      const contents = text
        .replace(/\b__dirname\b(?!:)/g, `(__lib + ${JSON.stringify(`/${dirname(name)}`)})`)
        .replace(/\b__filename\b(?!:)/g, `(__lib + ${JSON.stringify(`/${name}.js`)})`)
        .replace('require(`./data/', 'requireFromLib(`./catalog/data/')
        // As a namespace its parts can be left out one by one: most of zod is for others.
        .replace("import { z } from 'zod';", "import * as z from 'zod';")
        .replace(CLASS, `$& static { Object.defineProperty(this, 'name', { value: '$<name>', configurable: true }); }`);
      return { contents, loader: 'ts' };
    });
  },
});

/**
 * The head of a class. Names of classes are told, of aspects for example, and a bundle has others. (`keepNames` of esbuild
 * would keep those of functions too, by a call each time that one is made.)
 */
const CLASS = /^(?:export )?(?:abstract )?class (?<name>\w+)[^{]*\{$/gm;

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
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    conditions: ['module', 'import'],
    external: EXTERNAL,
    // Modules of this package are CommonJS: by import() they would come through the loader of the others, which is slow.
    supported: { 'dynamic-import': false },
    // For maintainers: the package does without.
    sourcemap: 'external',
    sourcesContent: false,
    legalComments: 'none',
    banner: { js: 'const __lib = __dirname, requireFromLib = require;' },
    plugins: [places(modules)],
  });
  for (const name of modules) {
    const up = relative(dirname(join(LIB, name)), join(LIB, `${file}.js`))
      .split(sep)
      .join('/');
    mkdirSync(dirname(join(LIB, name)), { recursive: true });
    writeFileSync(
      join(LIB, `${name}.js`),
      `"use strict";\nmodule.exports = require(${JSON.stringify(up.startsWith('.') ? up : `./${up}`)})[${JSON.stringify(name)}]();\n`,
    );
  }
}

/**
 * Writes lib/index.js anew, so that a room is loaded when a name of it is first asked for: a module with images needs two
 * or three of them. What is exported stays the same; the last line tells node's reader of exports the names.
 */
function writeLazyIndex(): void {
  const path = join(LIB, 'index.js');
  const rooms = [
    ...new Set([...readFileSync(path, 'utf8').matchAll(/require\("(\.\/[a-z]+)"\)/g)].map(([, room]) => room!)),
  ];
  const exported = load(path);
  const names = Object.keys(exported).filter((name) => !(LAZY_EXPORTS as readonly string[]).includes(name));
  const origins = names.map((name) => {
    const room = rooms.find((place) => load(join(LIB, place))[name] === exported[name]);
    if (room === undefined) {
      throw new Error(`no room exports ${name}`);
    }
    return [name, room] as const;
  });
  writeFileSync(
    path,
    [
      '"use strict";',
      'Object.defineProperty(exports, "__esModule", { value: true });',
      `const rooms = { ${rooms.map((room) => `"${room}": () => require("${room}")`).join(', ')} };`,
      `for (const [name, room] of ${JSON.stringify(origins)}) {`,
      '  Object.defineProperty(exports, name, { enumerable: true, get: () => rooms[room]()[name] });',
      '}',
      'require("./project/lazy-exports").addLazyExports(exports);',
      `0 && (module.exports = { ${names.join(', ')} });`,
      '',
    ].join('\n'),
  );
}

function load(path: string): Record<string, unknown> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- what was compiled a moment ago
  return require(path) as Record<string, unknown>;
}

async function main(): Promise<void> {
  for (const [file, modules] of Object.entries(BUNDLES)) {
    await bundle(file, modules);
  }
  writeLazyIndex();
}

void main();
