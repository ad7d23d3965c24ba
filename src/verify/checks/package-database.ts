import type { TarEntry } from '../tar-reader';

/** What a package database says. */
export interface PackageDatabase {
  /** Names of the packages that are installed. */
  readonly packages: readonly string[];
  /** Files that a package claims, by its name. */
  readonly files: ReadonlyMap<string, readonly string[]>;
}

/** Reads the database of dpkg or of apk out of the files of an image. */
export function readPackageDatabase(files: readonly TarEntry[]): PackageDatabase {
  const apk = files.find(({ path }) => /\/lib\/apk\/db\/installed$/.test(path));
  return apk ? readApk(apk.content ?? '') : readDpkg(files);
}

function readDpkg(files: readonly TarEntry[]): PackageDatabase {
  const status = files.filter(({ path }) => /^\/var\/lib\/dpkg\/status(?:\.d\/[^/]+)?$/.test(path));
  const text = status.map(({ content }) => content ?? '').join('\n\n');
  const lists = files.filter(({ path }) => /^\/var\/lib\/dpkg\/info\/[^/]+\.list$/.test(path));
  return {
    packages: [...text.matchAll(/^Package: (.+)$/gm)].map(([, name]) => name!),
    files: new Map(
      lists.map(({ path, content = '' }) => [
        path.slice('/var/lib/dpkg/info/'.length, -'.list'.length).replace(/:\w+$/, ''),
        content.split('\n').filter(Boolean),
      ]),
    ),
  };
}

/** Records of lines `P:name`, `F:directory`, `R:file`. */
function readApk(text: string): PackageDatabase {
  const lists = new Map<string, string[]>();
  let list: string[] = [];
  let directory = '';
  for (const line of text.split('\n')) {
    const value = line.slice(2);
    if (line.startsWith('P:')) {
      list = [];
      lists.set(value, list);
    } else if (line.startsWith('F:')) {
      directory = value;
    } else if (line.startsWith('R:')) {
      list.push(`/${directory}/${value}`);
    }
  }
  return { packages: [...lists.keys()], files: lists };
}
