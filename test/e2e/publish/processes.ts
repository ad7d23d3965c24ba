import { readdirSync, readFileSync } from 'node:fs';

/** Processes below one at this moment, whichever of its threads started them. */
export function descendants(pid: number): number[] {
  return threads(pid)
    .flatMap((thread) => read(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean))
    .flatMap((child) => [Number(child), ...descendants(Number(child))]);
}

/** A file of /proc; empty where its process is gone. */
export function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function threads(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}
