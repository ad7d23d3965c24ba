import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { STATUS } from './exit-status';
import { openApp } from './open-app';
import { note, print, printJson } from './terminal';
import { UsageError } from './usage-error';
import { ImageConstruct } from '../image';
import { fetchText } from '../publish/fetch-text';
import { refreshBases } from '../publish/refresh-bases';
import { refreshDownloads } from '../publish/refresh-downloads';
import { END_OF_LIFE_SOURCE, refreshEndOfLife } from '../publish/refresh-end-of-life';
import { HttpRegistry } from '../publish/registry/http-registry';
import { registryHost } from '../publish/registry-address';
import { collectInputs, INPUT_LOCK_FILE, readInputLock, type ImageApp, type InputLock } from '../synth';

/** Options of `catalog:update`. */
export interface CatalogUpdateOptions {
  readonly app: string;
  /** Registry with copies of the bases. */
  readonly mirror?: string;
  /** `debian trixie=TAG` */
  readonly tag?: readonly string[];
  /** Ask what the tags point to, and look for no newer ones. */
  readonly keepTags?: boolean;
  /** Address of an API as that of endoflife.date; `true` is that itself. */
  readonly endOfLife?: string | true;
  /** Version of s6-overlay. */
  readonly s6Overlay?: string;
  /** Version of Composer. */
  readonly composer?: string;
  /** Write nothing; exit 1 where something moved. */
  readonly check?: boolean;
  readonly json?: boolean;
}

/** `dockerfile-generator catalog:update`: lock.json with the inputs of today, as a diff; gives the exit status. */
export async function catalogUpdateCommand(options: CatalogUpdateOptions): Promise<number> {
  const file = join(dirname(options.app), INPUT_LOCK_FILE);
  const app = await openApp(options.app, '', { locked: false });
  const catalogue = collectInputs(app);
  const before = readInputLock(file);
  // A base that came with a change of the tree is taken from the catalogue first.
  const known = before ? { ...catalogue, ...before, bases: { ...catalogue.bases, ...before.bases } } : catalogue;
  const lock = await refresh(known, app, options);
  const old = before ? render(before) : '';
  const text = render(lock);
  // Without a lock the catalogue is one.
  const hasMoved = text !== render(before ?? catalogue);
  const isNew = text !== old;
  if (isNew && !options.check) {
    writeFileSync(file, text);
  }
  if (options.json) {
    printJson({ file, changed: options.check ? hasMoved : isNew, lock });
  } else if (options.check ? hasMoved : isNew) {
    print(createTwoFilesPatch(existsSync(file) && before ? file : '/dev/null', file, old, text, undefined, undefined));
    note(options.check ? '' : `${file} is written: look at the diff, run synth, and commit both\n`);
  } else {
    note(`${file} is up to date\n`);
  }
  return hasMoved && options.check ? STATUS.failed : STATUS.ok;
}

/** The bases, then what builds download, then the dates. */
async function refresh(lock: InputLock, app: ImageApp, options: CatalogUpdateOptions): Promise<InputLock> {
  const { mirror, tag, keepTags, endOfLife, s6Overlay, composer } = options;
  const bases = await refreshBases(lock, {
    open: (host) => new HttpRegistry(host),
    mirror: mirror === undefined ? undefined : registryHost(mirror),
    tags: parseTags(tag),
    keepTags,
  });
  const downloads = await refreshDownloads(bases, { s6Overlay, composer }, fetchText);
  if (endOfLife === undefined) {
    return downloads;
  }
  const versions = ImageConstruct.all(app).map(({ config }) => `php ${config.php.version}`);
  const names = [...new Set([...Object.keys(downloads.bases), ...versions])];
  return refreshEndOfLife(downloads, names, endOfLife === true ? END_OF_LIFE_SOURCE : endOfLife, fetchText);
}

function render(lock: object): string {
  return `${JSON.stringify(lock, null, 2)}\n`;
}

function parseTags(given: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const [, name, tag] = /^([a-z0-9-]+ \S+)=([A-Za-z0-9_][A-Za-z0-9._-]*)$/.exec(text) ?? [];
      if (!name || !tag) {
        const next = "write the name of the base as lock.json has it, and a tag: --tag 'NAME RELEASE=TAG'";
        throw new UsageError([{ where: '--tag', what: `${JSON.stringify(text)} names no base and no tag`, next }]);
      }
      return [name, tag];
    }),
  );
}
