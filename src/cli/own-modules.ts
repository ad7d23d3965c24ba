import Module, { createRequire } from 'node:module';
import { join } from 'node:path';

/** node's own way from a name to a file; there is no public hook for `require` in the oldest node that is supported. */
interface ResolvingModule {
  _resolveFilename(this: void, request: string, ...rest: unknown[]): string;
}

/** This package by its name, and the one package that a tree shares with it: found before the way is changed. */
function sharedModules(): ReadonlyMap<string, string> {
  return new Map([
    ['projen-nginx-php', join(__dirname, '..', 'index')],
    ['constructs', createRequire(__filename).resolve('constructs')],
  ]);
}

let installed = false;

/**
 * Gives a person's module the very classes that this command runs on, wherever the command is installed: two copies
 * of a class would not know each other's images.
 */
export function shareOwnModules(): void {
  if (installed) {
    return;
  }
  installed = true;
  const resolving = Module as unknown as ResolvingModule;
  const original = resolving._resolveFilename;
  const shared = sharedModules();
  resolving._resolveFilename = (request, ...rest) => original(shared.get(request) ?? request, ...rest);
}
