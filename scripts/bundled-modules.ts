import { readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

const SOURCE = resolve(__dirname, '../src');

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
  'model/json-texts',
  'synth/early-name',
  'synth/image-slots',
  'synth/is-dead',
  'synth/manifest-file',
  'synth/output-*',
  'synth/prebuilt',
  'synth/staged-directory',
  'synth/text-batches',
  'synth/write-*',
];

/** Schemas, and what is loaded with one: all that is made of zod, of which there is one copy so. */
const SCHEMA = [
  'config/check-layers',
  'config/describe-issue',
  'config/fields',
  'config/grant-schema',
  'config/image-config',
  'config/option-names',
  'report/compliance-schema',
  'synth/input-lock-schema',
  'synth/manifest',
  'synth/schemas',
];

/** Modules of which a tree is made, and that know an output that did not change; all of these rooms, and some. */
const TREE_ROOMS = ['errors', 'catalog', 'config', 'model', 'image', 'aspects'];
const TREE = [
  'cli/little-memory',
  'cli/load-app',
  'cli/open-app',
  'cli/own-modules',
  'cli/synth-command',
  'rules/rules',
  'synth/after-each-image',
  'synth/cache-file',
  'synth/config-cache',
  'synth/image-app',
  'synth/input-lock',
  'synth/last-synthesis',
  'synth/locked-catalog',
  'synth/package-identity',
  'synth/prepare-tree',
  'synth/synthesize',
  'synth/tree-fingerprint',
  'synth/unchanged-output',
  'synth/validate-tree',
  'synth/warnings',
];

/** It is started by its path, and loads the bundle that it needs. */
const THREAD = 'synth/early-thread';

function modulesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(SOURCE, join(entry.parentPath, entry.name)).split(sep).join('/').slice(0, -3))
    .sort();
}

function isStart(name: string): boolean {
  return START.some((pattern) => new RegExp(`^${pattern.replace('*', '[^/]+')}$`).test(name));
}

function isTree(name: string): boolean {
  return (TREE_ROOMS.includes(name.split('/')[0]!) && !SCHEMA.includes(name)) || TREE.includes(name);
}

const all = modulesBelow(SOURCE);
/** Names of the modules of each bundle. */
export const BUNDLES: Readonly<Record<string, readonly string[]>> = {
  start: all.filter(isStart),
  tree: all.filter((name) => isTree(name) && !isStart(name)),
  schema: SCHEMA,
  core: all.filter(
    (name) =>
      ROOMS.includes(name.split('/')[0]!) &&
      !isStart(name) &&
      !isTree(name) &&
      !SCHEMA.includes(name) &&
      name !== THREAD,
  ),
};

/** The bundle that a module is in; undefined where it stays a file. */
export function bundleOf(name: string): string | undefined {
  return Object.keys(BUNDLES).find((file) => BUNDLES[file]!.includes(name));
}
