import { flatMap } from '../../config/flat-map';
import type { Finding, FileRule } from '../rule';
import type { RuleContext, RuleSubject } from '../rule-subject';
import { installedFiles, SERVICE_ROOTS } from './installed-files';
import { isProgram, scriptLines } from './script-lines';
import { serviceTree, type ServiceDirectory } from './service-tree';

/** SUP-005 */
export const COMPLETE_ORDER: FileRule = {
  id: 'SUP-005',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement: 'Every service is started and stopped in an order without a circle, and nginx after PHP-FPM',
  why: 'a service that nobody starts is missing in silence, and nginx before PHP-FPM answers the first requests with 502',
  next: 'describe services by addLongRun and addOneShot, with dependsOn, and leave the tree to S6Construct',
  fix: 'S6Construct writes the tree from the services of every construct',
  sources: ['s6-rc: s6-rc-compile'],
  check: (subject) =>
    subject.eachContext((context) => {
      const { services } = serviceTree(context, subject);
      const graph = new Map(services.map((service) => [service.name, needsOf(service, subject)]));
      const overlay = subject.facts.supervisor === 'overlay';
      const nginx = services.filter(({ name }) => name === 'nginx').flatMap((own) => needsOf(own, subject, READY));
      return [
        ...findMissing(services, graph, context, subject),
        ...findCircles(graph, context),
        ...(nginx.includes('php-fpm') ? [] : [finding(context, 'nginx does not wait for php-fpm')]),
        ...(overlay ? findInBundle(services, context, subject) : findInStop(services, context, subject)),
      ];
    }),
};

/** What s6-overlay itself brings. */
const BROUGHT = 'base';

/** What s6-svwait is told to wait for: a service that is ready, or one that is up and never says that it is ready. */
const READY = ['-U'];
const UP = ['-u', ...READY];

/** Services that have to be in a state before one. */
function needsOf({ files }: ServiceDirectory, { facts }: RuleSubject, states = UP): string[] {
  if (facts.supervisor === 'distribution') {
    return scriptLines(files.get('run')?.text ?? '')
      .filter(
        ({ words }) =>
          words.some((word) => isProgram(word, 's6-svwait')) && words.some((word) => states.includes(word)),
      )
      .flatMap(({ words }) => words.filter((word) => word.startsWith('/run/service/')))
      .map((word) => word.slice('/run/service/'.length));
  }
  const lists = ['dependencies', 'contents'].flatMap((name) => (files.get(name)?.text ?? '').split(/\s+/));
  const entries = [...files.keys()].flatMap((path) => /^(?:dependencies|contents)\.d\/(.+)$/.exec(path)?.[1] ?? []);
  return [...lists.filter((name) => name !== ''), ...entries];
}

function findMissing(
  services: readonly ServiceDirectory[],
  graph: ReadonlyMap<string, readonly string[]>,
  context: RuleContext,
  { facts }: RuleSubject,
): Finding[] {
  const overlay = facts.supervisor === 'overlay';
  const lost = [...graph].flatMap(([name, needs]) =>
    needs
      .filter((other) => !graph.has(other) && !(overlay && other === BROUGHT))
      .map((other) => finding(context, `${name} waits for ${other}, which is not there`)),
  );
  const early = services.filter(
    ({ name, type }) => overlay && type !== 'bundle' && !graph.get(name)!.includes(BROUGHT),
  );
  return [
    ...['nginx', 'php-fpm'].filter((name) => !graph.has(name)).map((name) => finding(context, `${name} is not there`)),
    ...lost,
    ...early.map(({ name }) => finding(context, `${name} may start before s6-overlay is ready`)),
    ...services
      .filter(({ type }) => !['longrun', 'oneshot', 'bundle'].includes(type))
      .map(({ name, type }) => finding(context, `${name} has the type ${type}`)),
  ];
}

function findCircles(graph: ReadonlyMap<string, readonly string[]>, context: RuleContext): Finding[] {
  const done = new Set<string>();
  const ready = (name: string): boolean =>
    (graph.get(name) ?? []).every((other) => !graph.has(other) || done.has(other));
  let waiting = [...graph.keys()];
  for (let next = waiting.filter(ready); next.length > 0; next = waiting.filter(ready)) {
    next.forEach((name) => done.add(name));
    waiting = waiting.filter((name) => !done.has(name));
  }
  return waiting.length === 0 ? [] : [finding(context, `${waiting.join(', ')} wait for each other`)];
}

/** The bundle `user` is what a container of s6-overlay starts. */
function findInBundle(services: readonly ServiceDirectory[], context: RuleContext, subject: RuleSubject): Finding[] {
  const place = `${SERVICE_ROOTS.overlay}/user-bundles.d/user/contents.d/`;
  const listed = installedFiles(context, subject)
    .filter(({ target }) => target.startsWith(place))
    .map(({ target }) => target.slice(place.length));
  return [
    ...services
      .filter(({ name }) => name !== 'user' && !listed.includes(name))
      .map(({ name }) => finding(context, `${name} is not in the bundle user, so nobody starts it`)),
    ...listed
      .filter((name) => !services.some((service) => service.name === name))
      .map((name) => finding(context, `the bundle user names ${name}, which is not there`)),
    ...services
      .filter(({ name }) => name === 'user')
      .map(() => finding(context, 's6-rc.d/user takes the place of the bundle user')),
  ];
}

/** Plain s6 stops what its script names. */
function findInStop(services: readonly ServiceDirectory[], context: RuleContext, subject: RuleSubject): Finding[] {
  const place = `${SERVICE_ROOTS.distribution}/service/.s6-svscan`;
  return ['SIGTERM', 'SIGINT'].flatMap((signal) => {
    const script = installedFiles(context, subject).find(({ target }) => target === `${place}/${signal}`);
    const stopped = flatMap(scriptLines(script?.text ?? ''), ({ words }) => words);
    return services
      .filter(({ name }) => !stopped.includes(`/run/service/${name}`))
      .map(({ name }) => finding(context, `${signal} does not stop ${name}`));
  });
}

function finding(context: RuleContext, what: string): Finding {
  return { file: context.pathOf('s6-overlay'), what };
}
