import type { IConstruct } from 'constructs';
import { DEFAULT_PRIORITY, type AddedAspect, type Aspect, type AspectOptions } from './aspect';

const NONE: readonly AddedAspect[] = [];

/** Roots of trees whose lists are closed. */
const LOCKED = new WeakSet<IConstruct>();

const ASPECTS = Symbol.for('projen-nginx-php.Aspects');

/** The aspects of a construct: they visit it and everything below it. */
export class Aspects {
  /** The aspects of a construct. */
  static of(scope: IConstruct): Aspects {
    const known = (scope as { [ASPECTS]?: Aspects })[ASPECTS];
    if (known) {
      return known;
    }
    const aspects = new Aspects(scope);
    Object.defineProperty(scope, ASPECTS, { value: aspects });
    if (scope.node.scopes.some((above) => LOCKED.has(above))) {
      Object.freeze(aspects.added);
    }
    return aspects;
  }

  /** The aspects that were added to a construct, without a list for each that has none. */
  static addedTo(scope: IConstruct): readonly AddedAspect[] {
    return (scope as { [ASPECTS]?: Aspects })[ASPECTS]?.all ?? NONE;
  }

  private readonly added: AddedAspect[] = [];

  private constructor(private readonly scope: IConstruct) {}

  /** The aspects that were added here. */
  get all(): readonly AddedAspect[] {
    return this.added;
  }

  /**
   * Adds an aspect.
   *
   * @throws TypeError once the tree is locked, and for a priority that is not a number
   */
  add(aspect: Aspect, options: AspectOptions = {}): void {
    const { priority = DEFAULT_PRIORITY } = options;
    const where = this.scope.node.path || 'the app';
    if (Object.isFrozen(this.added)) {
      throw new TypeError(`${where} is locked: add aspects before the synthesis`);
    }
    if (!Number.isFinite(priority)) {
      throw new TypeError(`${where}: the priority ${String(priority)} of an aspect is not a number`);
    }
    this.added.push({ aspect, priority });
  }

  /** Closes the lists of a tree, those too that nobody has asked for yet. Called by the synthesis. */
  static lock(root: IConstruct): void {
    LOCKED.add(root);
    root.node.findAll().forEach((node) => Object.freeze((node as { [ASPECTS]?: Aspects })[ASPECTS]?.added));
  }
}
