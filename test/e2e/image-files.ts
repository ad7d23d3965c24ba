import { execFileSync } from 'node:child_process';
import { ARCHITECTURE, docker } from './engine';

/** A file of an image, as tar lists it. */
export interface ImageEntry {
  /** `drwxr-xr-x` */
  readonly mode: string;
  /** `uid/gid` */
  readonly owner: string;
  /** Without a leading slash; a directory ends with one. */
  readonly path: string;
}

/** What docker itself puts into the file system of a container. */
const DOCKER_OWN = /^(?:\.dockerenv|dev\/.*|etc\/(?:hostname|hosts|mtab|resolv\.conf))$/;

/** The files of an image, read from outside of it. */
export function listImage(image: string): ImageEntry[] {
  const container = docker('create', `--platform=linux/${ARCHITECTURE}`, image).trim();
  try {
    const listing = execFileSync('sh', ['-c', `docker export ${container} | tar --numeric-owner -tvf -`], {
      encoding: 'utf8',
      maxBuffer: 64 << 20,
    });
    return listing
      .trim()
      .split('\n')
      .map(parseLine)
      .filter(({ path }) => !DOCKER_OWN.test(path));
  } finally {
    docker('rm', container);
  }
}

function parseLine(line: string): ImageEntry {
  const [, mode, owner, path] = /^(\S+)\s+(\S+)\s+\d+\s+\S+\s+\S+\s+(.*)$/.exec(line)!;
  return { mode: mode!, owner: owner!, path: path! };
}
