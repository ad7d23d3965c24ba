import { judge, type Check } from '../../check';
import { readPackageDatabase } from '../package-database';

export const packageDatabase: Check = {
  id: 'files/package-database',
  expectation:
    'the package database, which scanners read, has every package of the manifest, and names only files that are there',
  async run(subject) {
    const files = await subject.files();
    const database = readPackageDatabase(files);
    // Directories such as /bin are links into /usr.
    const present = new Set(files.map(({ path }) => path.replace(/^\/(bin|sbin|lib\w*)\//, '/usr/$1/')));
    const missing = subject.image.packages.filter(({ name }) => !database.packages.includes(name));
    const absent = [...database.files].flatMap(([name, paths]) =>
      paths
        .filter((path) => path !== '/.' && !present.has(path.replace(/^\/(bin|sbin|lib\w*)\//, '/usr/$1/')))
        .map((path) => `${name} claims ${path}, which is not there`),
    );
    return judge(
      [
        ...(database.packages.length === 0 ? ['there is no package database'] : []),
        ...missing.map(({ name }) => `${name} is not in it`),
        ...database.packages.filter((name) => !database.files.has(name)).map((name) => `${name} has no list of files`),
        ...absent,
      ],
      `${database.packages.length} packages, ${subject.image.packages.length} of them asked for`,
    );
  },
};
