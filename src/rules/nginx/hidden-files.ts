import { flatMap } from '../../config/flat-map';
import type { FileRule, Finding } from '../rule';
import { isClosed, sendsFiles } from './answers';
import { findLocation } from './find-location';
import type { NginxNode } from './nginx-node';
import { probes } from './probes';
import { eachNginx } from './read-nginx';
import { isPublic, publicServers } from './servers';

/** Names as they are found on servers by those who look for them. */
const NEVER_SENT = [
  '.env',
  '.git/config',
  '.htpasswd',
  '.svn/entries',
  '.user.ini',
  'backup.sql',
  'config.bak',
  'config.inc',
  'config.php.old',
  'config.php~',
  'config.yml',
  'debug.log',
  'dump.sql.gz',
  'settings.ini',
];

/** NGX-008 */
export const HIDDEN_FILES: FileRule = {
  id: 'NGX-008',
  severity: 'HIGH',
  kind: 'invariant',
  statement:
    'Hidden files, sources, backups and dumps are never sent, directories are not listed, and no status page is public',
  why: 'these files hold passwords and code; lists and status pages tell what else there is',
  next: 'leave the locations that refuse them before any of your own, and let none of yours begin with ^~',
  fix: 'NginxConstruct refuses them in two locations; its status pages are on a port of the loopback interface',
  sources: ['CIS NGINX 2.1.4', 'CIS NGINX 2.5.3', 'OWASP Web Security Testing Guide: backup and unreferenced files'],
  check: (subject) =>
    eachNginx(subject, (tree) => [
      ...tree.main
        .find('autoindex')
        .filter((node) => node.has('on'))
        .map((node) => node.finding('directories are listed')),
      ...tree.main
        .find('stub_status')
        .filter((node) => isPublic(node.around('server') ?? node))
        .map((node) => node.finding('the status page of nginx is public')),
      ...publicServers(tree)
        .filter((server) => !isClosed(server))
        .flatMap(findSent),
    ]),
};

function findSent(server: NginxNode): Finding[] {
  return flatMap(probes(server, NEVER_SENT), (path) => {
    const block = findLocation(server, path);
    return sendsFiles(block) ? [block.finding(`${path} would be sent by: ${block.title}`)] : [];
  });
}
