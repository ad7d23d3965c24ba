import { flatMap } from '../../config/flat-map';
import { FPM_STATUS_PATH, PING_PATH } from '../../image';
import type { FileRule, Finding } from '../rule';
import type { RuleSubject } from '../rule-subject';
import { isClosed, sendsFiles } from './answers';
import { findLocation, patternOf } from './find-location';
import type { NginxNode } from './nginx-node';
import { probes } from './probes';
import { eachNginx, type NginxTree } from './read-nginx';
import { isPublic, publicServers } from './servers';

/** Names that PHP files have, in ways that a careless expression overlooks. */
const PHP_FILES = ['other.php', 'OTHER.PHP', 'x.php/y.jpg', 'x.php3', 'x.phtml', 'x.pht', 'x.phar', 'x.phps'];

/** NGX-009 */
export const ENTRY_POINTS: FileRule = {
  id: 'NGX-009',
  severity: 'CRITICAL',
  kind: 'invariant',
  statement:
    'PHP runs through the entry points that the image declares, each a location of its own; no other PHP file is run or sent',
  why: 'a PHP file that somebody uploads would be run, and one that is sent as text shows its code',
  next: 'name the files that may run by nginx.entryPoints',
  fix: 'NginxConstruct writes one exact location for each entry point, and refuses every other name of a PHP file',
  sources: ['OWASP PHP Configuration Cheat Sheet', 'nginx: Pitfalls and Common Mistakes'],
  check: (subject) =>
    eachNginx(subject, (tree) => [
      ...tree.main.find('fastcgi_pass').flatMap((pass) => findEntry(pass, tree, subject)),
      ...tree.main
        .find('scgi_pass', 'uwsgi_pass')
        .map((node) => node.finding(`requests are handed on by ${node.name}, past the entry points`)),
      ...publicServers(tree)
        .filter((server) => !isClosed(server))
        .flatMap(findSources),
      ...tree.main.find('try_files').flatMap(findSentByTry),
      ...findWritableEntries(tree, subject),
    ]),
};

function findEntry(pass: NginxNode, tree: NginxTree, subject: RuleSubject): Finding[] {
  const block = pass.parent!;
  const { kind, text } = patternOf(block);
  if (!isFpm(pass, tree)) {
    return [pass.finding(`${pass.title} is not the socket of PHP-FPM below /run`)];
  }
  if (block.name !== 'location' || kind !== 'exact') {
    return [block.finding(`PHP runs in ${block.title}, which is no exact location of an entry point`)];
  }
  if (text === PING_PATH || (text === FPM_STATUS_PATH && !isPublic(block.around('server')!))) {
    return findScript(block, text);
  }
  if (!subject.facts.entryPoints.includes(text)) {
    return [block.finding(`${text} is none of the entry points that the image declares`)];
  }
  const tries = block
    .own('try_files')
    .some(({ args }) => args.length === 2 && args[0] === text && /^=4\d\d$/.test(args[1]!));
  const root = block.setting('root')?.[0];
  return [
    ...findScript(block, `$document_root${text}`),
    ...(tries ? [] : [block.finding(`PHP is asked for ${text} though it may not be there: try_files ${text} =404`)]),
    ...(root === subject.facts.documentRoot && block.own('alias').length === 0
      ? []
      : [block.finding(`${text} is not taken from the document root ${subject.facts.documentRoot}`)]),
  ];
}

/** A unix socket below /run, or a group of servers that are all such. */
function isFpm({ args: [target = ''] }: NginxNode, { main }: NginxTree): boolean {
  const group = main.find('upstream').find(({ args }) => args[0] === target);
  const targets = group ? group.own('server').map(({ args }) => args[0] ?? '') : [target];
  return targets.length > 0 && targets.every((place) => /^unix:\/run\/(?!.*\.\.)[\w./-]+$/.test(place));
}

/** The last SCRIPT_FILENAME counts; so there is one. */
function findScript(block: NginxNode, wanted: string): Finding[] {
  const scripts = block.effective('fastcgi_param').filter(({ args }) => args[0] === 'SCRIPT_FILENAME');
  if (scripts.length === 0) {
    return [block.finding(`${block.title} has no SCRIPT_FILENAME`)];
  }
  return scripts
    .filter(({ args }) => args[1] !== wanted)
    .map((node) => node.finding(`SCRIPT_FILENAME is ${node.args[1] ?? 'empty'}, not ${wanted}`));
}

function findSources(server: NginxNode): Finding[] {
  return flatMap(probes(server, PHP_FILES), (path) => {
    const block = findLocation(server, path);
    return sendsFiles(block) ? [block.finding(`the source of ${path} would be sent by: ${block.title}`)] : [];
  });
}

/** What try_files finds is sent as it is; only its last argument is looked up anew. */
function findSentByTry(node: NginxNode): Finding[] {
  const entry = patternOf(node.parent!);
  return node.args
    .slice(0, -1)
    .filter((arg) => /\.ph(?:p|t|ar)/i.test(arg) && !(entry.kind === 'exact' && entry.text === arg))
    .map((arg) => node.finding(`try_files sends the source of ${arg}`));
}

/** A file that the running server can write is no entry point. */
function findWritableEntries({ file }: NginxTree, { facts }: RuleSubject): Finding[] {
  return facts.entryPoints
    .map((path) => facts.documentRoot + path)
    .flatMap((path) =>
      facts.writablePaths
        .filter((writable) => path.startsWith(`${writable.path}/`))
        .map((writable) => ({
          file,
          what: `the entry point ${path} lies in ${writable.path}, which the server may write to`,
        })),
    );
}
