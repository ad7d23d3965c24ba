import { flatMap } from '../../config/flat-map';
import { PATHS } from '../../image';
import type { FileRule } from '../rule';
import { programName } from './script-lines';
import { scriptLineFinder } from './service-tree';

/** SUP-009 */
export const OWN_CONFIGURATION: FileRule = {
  id: 'SUP-009',
  severity: 'HIGH',
  kind: 'invariant',
  statement: 'nginx and PHP-FPM read the configuration that the rules have judged, PHP runs no server of its own',
  why: 'a server that is started with another file, of a writable directory even, keeps none of the rules on nginx and PHP',
  next: 'start nginx and PHP-FPM as NginxConstruct and PhpFpmConstruct do, and change their configuration by options or patchFile',
  fix: 'NginxConstruct and PhpFpmConstruct name the files of the image',
  sources: ['OWASP Docker Security: rule 8', 'CIS Docker 5.12'],
  check: (subject) => findOther(subject),
};

const findOther = scriptLineFinder((words) => findNginx(words) ?? findFpm(words) ?? findServer(words));

/** A program by its path: a service directory has the same name. */
const PROGRAM = /(?:^|\/)s?bin\/[^/]+$/;

function findNginx(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => PROGRAM.test(word) && programName(word) === 'nginx');
  if (at < 0) {
    return undefined;
  }
  const args = words.slice(at + 1);
  const other = args.find((word) => /^-[gp]/.test(word));
  if (other !== undefined) {
    return `nginx is given ${other}, settings beside its file`;
  }
  const files = valuesOf(args, /^-c(.*)$/);
  return files.find((file) => file !== PATHS.nginxConfig) === undefined
    ? undefined
    : `nginx reads ${files.join(', ')}, not ${PATHS.nginxConfig}`;
}

function findFpm(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => PROGRAM.test(word) && /^php-fpm[\d.]*$/.test(programName(word)));
  if (at < 0) {
    return undefined;
  }
  const files = valuesOf(words.slice(at + 1), /^(?:-y|--fpm-config=?)(.*)$/);
  return files.length === 1 && files[0] === PATHS.fpmConfig
    ? undefined
    : `PHP-FPM reads ${files.join(', ') || 'a file of its own choice'}, not ${PATHS.fpmConfig}`;
}

/** `php -S` is a server without rules. */
function findServer(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => /^php[\d.]*$/.test(programName(word)));
  const options = at < 0 ? [] : words.slice(at + 1);
  const end = options.findIndex((word) => !word.startsWith('-'));
  const server = (end < 0 ? options : options.slice(0, end)).find((word) => /^-S|^--server/.test(word));
  return server === undefined ? undefined : `${words[at]} ${server} starts a server that no rule has judged`;
}

/** Values of an option, joined to it or in the word after it. */
function valuesOf(args: readonly string[], option: RegExp): string[] {
  return flatMap(args, (word, index) => {
    const match = option.exec(word);
    return match ? [match[1] || (args[index + 1] ?? '')] : [];
  });
}
