import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** This repository, compiled: what is measured is what is published. */
export const ROOT = join(__dirname, '../..');

/** Where everything is measured: one file system for all. */
export const PLACE = mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), 'bench-'));

/** A person's project, with this package and all that it needs installed. */
export function makeProject(name: string, files: Readonly<Record<string, string>>): string {
  const directory = join(PLACE, name);
  const modules = join(directory, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  for (const entry of readdirSync(join(ROOT, 'node_modules')).filter((item) => !item.startsWith('.'))) {
    symlinkSync(join(ROOT, 'node_modules', entry), join(modules, entry));
  }
  for (const entry of readdirSync(join(ROOT, 'node_modules/.bin'))) {
    symlinkSync(join(ROOT, 'node_modules/.bin', entry), join(modules, '.bin', entry));
  }
  // As npm unpacks it: the package lies there, and is no link out of node_modules.
  const own = join(modules, 'projen-nginx-php');
  mkdirSync(own);
  for (const entry of ['package.json', 'bin', 'lib']) {
    cpSync(join(ROOT, entry), join(own, entry), { recursive: true });
  }
  symlinkSync(join(own, 'bin/dockerfile-generator'), join(modules, '.bin/dockerfile-generator'));
  for (const [path, text] of Object.entries(files)) {
    writeFileSync(join(directory, path), text);
  }
  return directory;
}

/** A module of this repository, as a person would write it. */
export function asOwnModule(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8').replace(/from '(?:\.\.?\/)+src'/, "from 'projen-nginx-php'");
}
