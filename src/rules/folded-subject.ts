import { distinctContexts, inputNames } from './distinct-contexts';
import { findOnce, RuleSubject, type RuleContext } from './rule-subject';

/**
 * An image for the rules of this package, which hold for one architecture where they hold for another that has the same
 * files but for the digests of its inputs. Rules of other people see every context: they may know digests by heart.
 */
export class FoldedSubject extends RuleSubject {
  private readonly distinct: readonly RuleContext[];

  /** By what one architecture can be told from another. */
  private readonly names: readonly string[];

  constructor({ name, facts, files }: RuleSubject) {
    super(name, facts, files);
    this.distinct = distinctContexts(this.contexts, facts);
    const { architectures } = facts;
    this.names = [...Object.keys(architectures), ...Object.values(architectures).flatMap(inputNames)];
  }

  override eachContext<T extends { readonly file?: string; readonly what: string }>(
    look: (context: RuleContext) => readonly T[],
  ): readonly T[] {
    const found = findOnce(this.distinct, look);
    // What names an input, or the architecture, is told of each of them; anything else would be the same once more.
    return found.some(({ what }) => this.names.some((name) => what.includes(name))) ? super.eachContext(look) : found;
  }
}

Object.freeze(FoldedSubject.prototype);
