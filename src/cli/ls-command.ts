import { stripVTControlCharacters } from 'node:util';
import { assemble, type Manifest } from '../synth';
import { STATUS } from './exit-status';
import { findImages, type ImageFilter } from './find-images';
import { openApp } from './open-app';
import { leaveOut, renderTable } from './table';
import { note, paint, print, printJson } from './terminal';

/** Options of `ls`. */
export interface LsCommandOptions extends ImageFilter {
  readonly app: string;
  readonly json?: boolean;
}

const COLUMNS = ['IMAGE', 'PHP', 'BASE', 'ARCH', 'PHP UNTIL', 'BASE UNTIL', 'S6', 'CERTAINTY'] as const;

/** `dockerfile-generator ls`: the images of the tree; gives the exit status. */
export async function lsCommand(options: LsCommandOptions): Promise<number> {
  const app = await openApp(options.app, '');
  const names = findImages(app, options).map(({ node }) => node.id);
  const images = Object.entries(assemble(app, app.outdir).manifest.images).filter(([name]) => names.includes(name));
  if (options.json) {
    printJson(Object.fromEntries(images));
  } else {
    const head = COLUMNS.map((title) => paint('bold', title));
    const { rows, leftOut } = leaveOut([head, ...images.map(([name, image]) => row(name, image))]);
    print(renderTable(rows));
    if (leftOut.length > 0) {
      note(`no room for ${leftOut.map(stripVTControlCharacters).join(', ')}; --json has all\n`);
    }
  }
  return STATUS.ok;
}

function row(name: string, image: Manifest['images'][string]): readonly string[] {
  const kinds = Object.values(image.architectures).map(({ base }) => base.kind);
  return [
    name,
    image.php.version,
    `${image.platform.name} ${image.platform.release}`,
    Object.keys(image.architectures).join(', '),
    image.php.endOfLife ?? 'unknown',
    image.platform.endOfLife,
    image.supervisor,
    kinds.includes('index-only') ? `${image.certainty}, index-only` : image.certainty,
  ];
}
