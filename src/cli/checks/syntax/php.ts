import { byVersion } from '../../../catalog';
import { parseIni } from '../../../rules';
import type { OutputFile } from '../../../synth/render-image';
import { checked, combined, count, skipped, type Check } from '../check';
import type { CheckedTree } from '../checked-tree';
import { distinctFiles, placeInContext } from '../distinct-files';
import { findFpm } from '../find-fpm';
import { ask, findProgram, versionOf, withFiles } from '../program';
import { fault, type Judge } from './judge';

/** PHP's files: ini files by our own reader; pools by `php-fpm -t` and programs by `php -l` where they are installed. */
export const judgePhp: Judge = (tree) =>
  combined('PHP', 'pools, php.ini, programs', [read(tree), testPools(tree), lint(tree)]);

const INI = ['php-fpm.conf', 'config/php.ini', 'config/php-cli.ini'];

function read({ files }: CheckedTree): Check {
  const inis = distinctFiles(files, ({ path }) => INI.includes(placeInContext(path)?.file ?? ''));
  const problems = inis.flatMap(({ path, content }) => {
    try {
      parseIni(content);
      return [];
    } catch (error) {
      return [fault(path, (error as Error).message)];
    }
  });
  return checked('sections and settings', count(inis.length, 'file'), problems);
}

function testPools({ files, images }: CheckedTree): Check {
  const fpm = findFpm();
  const version = fpm && versionOf(fpm);
  if (!fpm || !version) {
    return skipped('php-fpm -t', 'php-fpm is not installed here');
  }
  const judged = images.filter(({ config }) => byVersion(config.php.version, version) <= 0).map(({ node }) => node.id);
  const pools = distinctFiles(
    files,
    ({ path }) => placeInContext(path)?.file === 'php-fpm.conf' && judged.includes(path.split('/')[0]!),
  );
  if (pools.length === 0) {
    return skipped('php-fpm -t', `PHP ${version} is older than the PHP of the images`);
  }
  const problems = pools.flatMap((pool) => testPool(fpm, pool, files));
  const rest = images.length - judged.length;
  const remark = rest > 0 ? `; ${count(rest, 'image')} with a newer PHP not judged` : '';
  return checked('php-fpm -t', `${count(pools.length, 'pool')} by PHP ${version}${remark}`, problems);
}

function testPool(fpm: string, pool: OutputFile, files: readonly OutputFile[]) {
  const ini = files.find(({ path }) => path === pool.path.replace('php-fpm.conf', 'config/php.ini'));
  const { status, output } = withFiles(
    (directory) => [
      ['php-fpm.conf', move(pool.content, directory)],
      ['php.ini', ini ? move(ini.content, directory) : ''],
      ['runtime/empty.conf', ''],
    ],
    (directory) => ask(fpm, ['-t', '-R', '-y', `${directory}/php-fpm.conf`, '-c', `${directory}/php.ini`]),
  );
  const complaints = output.split('\n').filter((line) => /(?:WARNING|ERROR|ALERT):/.test(line));
  return status === 0 && complaints.length === 0 ? [] : [fault(pool.path, (complaints[0] ?? output).trim())];
}

/** Logs, the socket and what a container writes at its start lie elsewhere for a test. */
function move(text: string, directory: string): string {
  return text
    .replace(/^(error_log|php_admin_value\[error_log\]) = \/\S+$/gm, `$1 = ${directory}/error.log`)
    .replace(/^listen = \/\S+$/m, `listen = ${directory}/fpm.sock`)
    .replace('/run/php-fpm.d/*.conf', `${directory}/runtime/*.conf`);
}

function lint({ files }: CheckedTree): Check {
  const php = findProgram('php');
  if (!php) {
    return skipped('php -l', 'php is not installed here');
  }
  const programs = distinctFiles(files, ({ path }) => path.endsWith('.php'));
  const problems = programs.flatMap(({ path, content }) =>
    withFiles(
      () => [['program.php', content]],
      (directory) => {
        const { status, output } = ask(php, ['-n', '-l', `${directory}/program.php`]);
        return status === 0 ? [] : [fault(path, output.trim().split('\n')[0]!)];
      },
    ),
  );
  return checked('php -l', `${count(programs.length, 'file')} by PHP ${versionOf(php)}`, problems);
}
