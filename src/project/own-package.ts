import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What package.json of this package says. */
interface OwnPackage {
  readonly name: string;
  readonly engines: { readonly node: string };
}

function read(): OwnPackage {
  return JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as OwnPackage;
}

/** Name that a repository depends on. */
export function ownName(): string {
  return read().name;
}

/** The oldest Node.js that this package runs on. */
export function oldestNode(): string {
  return read().engines.node.replace(/^\D+/, '');
}
