import { flatMap } from '../../config/flat-map';
import type { FileRule, Finding } from '../rule';
import type { RuleContext } from '../rule-subject';
import { patternOf } from './find-location';
import { findHosts, findOrigins, findRedirects, findResolvers } from './foreign-hosts';
import type { NginxNode } from './nginx-node';
import { readNginx, type NginxTree } from './read-nginx';
import { findSplitting } from './splitting';
import { variablesIn } from './variables';

/** NGX-010 */
export const SAFE_TARGETS: FileRule = {
  id: 'NGX-010',
  severity: 'HIGH',
  kind: 'invariant',
  statement:
    'A request decides neither which file outside of a location is sent, nor where another request goes, nor what a header says; and all that nginx reads is in the image',
  why: 'each of these is a known way from one request to the files of the server, to hosts behind it, or to the answers of others',
  next: 'write locations and aliases with the same slash at their ends, redirect to $request_uri, name hosts in full, use a map in the place of if',
  sources: [
    'gixy: alias_traversal, http_splitting, ssrf, if_is_evil, resolver_external, valid_referers, origins',
    'nginx: If is Evil',
  ],
  check: (subject) =>
    subject.eachContext((context) => {
      const tree = readNginx(context, subject);
      return [
        ...tree.unread.map((node) =>
          node.finding(
            `${node.title} is no single file of the image, or includes itself, so no rule has seen it`,
            'add the file by addFile and name it in full',
          ),
        ),
        ...findPaths(tree),
        ...findSplitting(tree),
        ...findHosts(tree),
        ...findRedirects(tree),
        ...findIfs(tree),
        ...findResolvers(tree),
        ...findOrigins(tree),
        ...findChangedByStep(context),
      ];
    }),
};

function findPaths({ main }: NginxTree): Finding[] {
  return [
    ...main
      .find('alias', 'root')
      .filter(({ args }) => variablesIn(args[0] ?? '').length > 0)
      .map((node) => node.finding(`a request is part of the path of files: ${node.title}`)),
    ...main
      .find('alias')
      .filter(leavesLocation)
      .map((node) =>
        node.finding(
          `${node.title} ends with a slash and ${node.parent!.title} does not: a path with .. leaves the directory`,
        ),
      ),
  ];
}

/** `location /files` with `alias /data/files/`: /files../secret is /data/files/../secret. */
function leavesLocation({ args: [path = ''], parent }: NginxNode): boolean {
  const { kind, text } = patternOf(parent!);
  return /prefix$/.test(kind) && path.endsWith('/') && !text.endsWith('/');
}

function findIfs({ main }: NginxTree): Finding[] {
  return flatMap(main.find('if'), (node) => {
    const others = node.children!.filter(({ name }) => name !== 'return');
    return others.length === 0
      ? []
      : [node.finding(`${node.title} has more in it than a return: ${others.map(({ name }) => name).join(', ')}`)];
  });
}

/** A step of the build that writes where the configuration lies would do so after every rule has looked. */
function findChangedByStep(context: RuleContext): Finding[] {
  return context.files
    .filter(({ path }) => path.startsWith(context.pathOf('scripts/steps/')))
    .filter(({ content }) => /\/etc\/nginx|nginx\.conf|security-headers\.conf|fastcgi\.conf/.test(content))
    .map(({ path }) => ({
      file: path,
      what: 'a build step changes the configuration of nginx',
      next: 'change it by an option or by patchFile, so that the rules see it',
    }));
}
