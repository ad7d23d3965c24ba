import type { IConstruct } from 'constructs';
import { DEFAULT_PRIORITY, type AddedAspect, type Aspect, type AspectOptions } from './aspect';

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
    return aspects;
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

  /** Closes the list. Called by the synthesis. */
  lock(): void {
    Object.freeze(this.added);
  }
}
