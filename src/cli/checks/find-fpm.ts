import { findProgram } from './program';
import { Catalog } from '../../catalog';

/** The newest PHP-FPM of this machine, by the names that Debian and Alpine give it. */
export function findFpm(): string | undefined {
  const versions = [...Catalog.shipped().phpVersions].reverse();
  const names = versions.flatMap((version) => [`php-fpm${version}`, `php-fpm${version.replace('.', '')}`]);
  return findProgram(...names, 'php-fpm');
}
