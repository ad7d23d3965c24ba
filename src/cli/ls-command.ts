import { assemble, type Manifest } from '../synth';
import { openApp } from './open-app';

/** Options of `ls`. */
export interface LsCommandOptions {
  readonly app: string;
  readonly json?: boolean;
}

const COLUMNS = ['IMAGE', 'PHP', 'BASE', 'ARCHITECTURES', 'S6', 'CERTAINTY', 'PHP UNTIL', 'BASE UNTIL'] as const;

/** `dockerfile-generator ls`: the images of the tree; gives the exit status. */
export async function lsCommand(options: LsCommandOptions): Promise<number> {
  const { images } = assemble(await openApp(options.app, '')).manifest;
  process.stdout.write(options.json ? `${JSON.stringify(images, null, 2)}\n` : table(images));
  return 0;
}

function table(images: Manifest['images']): string {
  const rows = [COLUMNS, ...Object.entries(images).map(([name, image]) => row(name, image))];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  return rows
    .map(
      (cells) =>
        cells
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join('  ')
          .trimEnd() + '\n',
    )
    .join('');
}

function row(name: string, image: Manifest['images'][string]): readonly string[] {
  const kinds = Object.values(image.architectures).map(({ base }) => base.kind);
  return [
    name,
    image.php.version,
    `${image.platform.name} ${image.platform.release}`,
    Object.keys(image.architectures).join(', '),
    image.supervisor,
    kinds.includes('index-only') ? `${image.certainty}, index-only` : image.certainty,
    image.php.endOfLife ?? 'unknown',
    image.platform.endOfLife,
  ];
}
