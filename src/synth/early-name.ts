import { readdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isDead } from './is-dead';

/** Beginning of the names of directories that new images wait in; the machine and the process follow. */
export const EARLY = '.synth-early.';

/** The name of this process's. */
export function earlyName(): string {
  return `${EARLY}${hostname()}.${process.pid}`;
}

/** Removes what killed syntheses of this machine left. */
export function sweepEarly(outdir: string): void {
  const begin = `${EARLY}${hostname()}.`;
  for (const name of readdirSync(outdir).filter((entry) => entry.startsWith(begin))) {
    if (isDead(Number(name.slice(begin.length)))) {
      rmSync(join(outdir, name), { recursive: true, force: true });
    }
  }
}
