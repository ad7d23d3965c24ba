import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { once } from './once';

export const REPOSITORY = join(__dirname, '../../..');

/** Compiles and packs this package, once for all tests of a run; gives the tarball. */
export function packTarball(): string {
  const directory = once('tarball', (part) => {
    execFileSync('npx', ['projen', 'compile'], { cwd: REPOSITORY, stdio: 'pipe' });
    execFileSync('npx', ['projen', 'post-compile'], { cwd: REPOSITORY, stdio: 'pipe' });
    execFileSync('npm', ['pack', '--silent', '--pack-destination', part], { cwd: REPOSITORY, stdio: 'pipe' });
  });
  return join(directory, readdirSync(directory)[0]!);
}

/** A folder with the tarball installed and nothing else, once for all tests of a run. */
export function installTarball(): string {
  const tarball = packTarball();
  return once('installed', (part) => {
    writeFileSync(join(part, 'package.json'), JSON.stringify({ name: 'somebody', private: true }));
    const args = ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball];
    execFileSync('npm', args, { cwd: part, stdio: 'pipe' });
  });
}

/** The command of the installed package. */
export function commandOf(installed: string): string {
  return join(installed, 'node_modules/.bin/dockerfile-generator');
}
