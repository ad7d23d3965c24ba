import type { IConstruct } from 'constructs';

/** Something that looks at every construct of a tree before it is written, and may change it. */
export interface Aspect {
  /**
   * Visits a construct: the scope that the aspect was added to, and every one below it, once each, also those that
   * other aspects add.
   *
   * @param node a construct; tell its kind by `ImagePart.isImagePart`, `instanceof` or its id
   */
  visit(node: IConstruct): void;
}

/** How an aspect is added. */
export interface AspectOptions {
  /**
   * Aspects of a lower number visit the whole tree first; those of one number go in the order of the tree, and of
   * their adding.
   *
   * @default 500
   */
  readonly priority?: number;
}

/** An aspect, where it was added. */
export interface AddedAspect {
  readonly aspect: Aspect;
  readonly priority: number;
}

/** Priority of an aspect that is added without one. */
export const DEFAULT_PRIORITY = 500;

/** Priority of the SecurityAspect: after what people add without a number, so that it sees what they did. */
export const SECURITY_PRIORITY = 900;
