import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Room } from './room';

/** Lines of the sources of a part: with two cores it takes some minutes, and what is done by then is kept. */
const LINES = 500;

/** Some files of a room, whose mutants are met in one run. */
export interface Part {
  /** `synth-write.2` */
  readonly name: string;
  /** Below `src`. */
  readonly files: readonly string[];
}

/** The parts of a room, by the paths of their files. */
export function partsOf(root: string, room: Room): readonly Part[] {
  const parts: Array<{ files: string[]; lines: number }> = [];
  for (const file of filesOf(root, room)) {
    const lines = readFileSync(join(root, 'src', file), 'utf8').split('\n').length;
    const last = parts.at(-1);
    if (last === undefined || last.lines + lines > LINES) {
      parts.push({ files: [file], lines });
    } else {
      last.files.push(file);
      last.lines += lines;
    }
  }
  return parts.map(({ files }, index) => ({ name: `${room.name}.${index + 1}`, files }));
}

function filesOf(root: string, { sources, except = [] }: Room): readonly string[] {
  const matches = (file: string, patterns: readonly string[]): boolean =>
    patterns.some((pattern) => toExpression(pattern).test(file));
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => matches(file, sources) && !matches(file, except))
    .sort();
}

function toExpression(pattern: string): RegExp {
  const text = pattern.replaceAll('.', '\\.').replaceAll('**/', '(?:.+/)?').replaceAll('*', '[^/]*');
  return new RegExp(`^${text}$`);
}
