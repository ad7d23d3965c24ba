import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../src';
import { markdownTable } from '../src/synth/markdown-table';

const START = '<!-- matrix -->';
const END = '<!-- /matrix -->';

/** The README with the table of the reference matrix as the manifest has it. */
export function withMatrix(readme: string, manifest: Manifest): string {
  const [before, rest] = split(readme, START);
  const [, after] = split(rest, END);
  return `${before}${START}\n\n${table(manifest)}\n\n${END}${after}`;
}

function split(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  if (index < 0) {
    throw new Error(`README.md has no ${at}`);
  }
  return [text.slice(0, index), text.slice(index + at.length)];
}

function table({ images }: Manifest): string {
  const rows = Object.values(images).map((image) => [
    image.php.version,
    `${image.platform.name} ${image.platform.release}`,
    origin(image),
    image.supervisor === 'overlay' ? 's6-overlay' : 's6 of the distribution',
    Object.values(image.architectures).some(({ base }) => base.kind === 'index-only')
      ? `${image.certainty}, index-only`
      : image.certainty,
    image.php.endOfLife ?? '',
    image.platform.endOfLife,
  ]);
  const head = ['PHP', 'base', 'PHP from', 'supervisor', 'certainty', 'PHP fixes until', 'base fixes until'];
  return markdownTable([head, ...rows]);
}

/** Where the packages of PHP come from. */
function origin(image: Manifest['images'][string]): string {
  const foreign = image.packages.find((item) => item.origin !== 'archive' && item.origin !== 'user');
  return foreign?.origin ?? 'archive';
}

if (require.main === module) {
  const root = join(__dirname, '..');
  const manifest = JSON.parse(readFileSync(join(root, 'output/manifest.json'), 'utf8')) as Manifest;
  const path = join(root, 'README.md');
  writeFileSync(path, withMatrix(readFileSync(path, 'utf8'), manifest));
}
