import { distinctContexts } from './distinct-contexts';
import { findOnce, RuleSubject, type RuleContext } from './rule-subject';

/**
 * An image for the rules of this package, which hold for one architecture where they hold for another that has the same
 * files but for the digests of its inputs. Rules of other people see every context: they may know digests by heart.
 */
export class FoldedSubject extends RuleSubject {
  private readonly distinct: readonly RuleContext[];

  constructor({ name, facts, files }: RuleSubject) {
    super(name, facts, files);
    this.distinct = distinctContexts(this.contexts, facts);
  }

  override eachContext<T extends { readonly file?: string; readonly what: string }>(
    look: (context: RuleContext) => readonly T[],
  ): readonly T[] {
    const found = findOnce(this.distinct, look);
    // What is wrong is told of every architecture, with its own digests.
    return found.length === 0 ? found : super.eachContext(look);
  }
}

Object.freeze(FoldedSubject.prototype);
