import type { IConstruct } from 'constructs';
import type { Problem } from '../errors';
import { SECURITY_PRIORITY, type Aspect } from './aspect';
import { Aspects } from './aspects';
import { SecurityAspect } from './security-aspect';

/** Rounds over the tree after which aspects that keep adding are given up. */
const ROUNDS = 100;

/** Who has visited what: a second synthesis of a tree visits only what is new. */
const VISITED = new WeakMap<IConstruct, Map<Aspect, Set<IConstruct>>>();

/** A visit that is due. */
interface Visit {
  readonly aspect: Aspect;
  readonly priority: number;
  readonly node: IConstruct;
}

/**
 * Phase 1: every aspect visits every construct below the place where it was added, once, the lower priority first over
 * the whole tree; again as long as aspects add constructs or aspects. The SecurityAspect is one of them always: it is
 * not in any list that could be emptied.
 *
 * @returns what went wrong: aspects that threw, and one that never ends
 */
export function applyAspects(root: IConstruct): Problem[] {
  const done = VISITED.get(root) ?? new Map<Aspect, Set<IConstruct>>();
  VISITED.set(root, done);
  const security = new SecurityAspect();
  const problems: Problem[] = [];
  for (let round = 1; ; round += 1) {
    const due = findDue(root, security, done);
    if (due.length === 0) {
      // The next synthesis has one of its own.
      done.delete(security);
      return problems;
    }
    if (round > ROUNDS) {
      return [...problems, endless(due[0]!)];
    }
    const lowest = Math.min(...due.map(({ priority }) => priority));
    due.filter(({ priority }) => priority === lowest).forEach((visit) => problems.push(...make(visit, done)));
  }
}

function findDue(root: IConstruct, security: Aspect, done: ReadonlyMap<Aspect, ReadonlySet<IConstruct>>): Visit[] {
  const nodes = root.node.findAll();
  const own = nodes.flatMap((scope) =>
    Aspects.addedTo(scope).flatMap(({ aspect, priority }) =>
      scope.node.findAll().map((node): Visit => ({ aspect, priority, node })),
    ),
  );
  const always = nodes.map((node): Visit => ({ aspect: security, priority: SECURITY_PRIORITY, node }));
  return [...own, ...always].filter(({ aspect, node }) => !node.node.locked && !done.get(aspect)?.has(node));
}

/** One visit; none twice, though an aspect was added at two places. */
function make({ aspect, node }: Visit, done: Map<Aspect, Set<IConstruct>>): Problem[] {
  const visited = done.get(aspect) ?? new Set();
  if (visited.has(node)) {
    return [];
  }
  done.set(aspect, visited.add(node));
  try {
    aspect.visit(node);
    return [];
  } catch (error) {
    return [
      {
        where: node.node.path || 'the app',
        what: `${nameOf(aspect)} failed here: ${error instanceof Error ? error.message : String(error)}`,
        next: `mend ${nameOf(aspect)}, or take it out`,
      },
    ];
  }
}

function endless({ aspect, node }: Visit): Problem {
  return {
    where: node.node.path || 'the app',
    what: `the aspects are not done after ${ROUNDS} rounds over the tree: ${nameOf(aspect)} still has to visit ${node.node.path}`,
    why: 'an aspect that adds a construct wherever it finds one never ends',
    next: `let ${nameOf(aspect)}, or the aspect that adds this construct, look whether it was there before`,
  };
}

function nameOf(aspect: Aspect): string {
  const { name } = aspect.constructor;
  return name === 'Object' || name === '' ? 'an aspect without a name' : `the aspect ${name}`;
}
