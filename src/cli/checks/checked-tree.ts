import { DockerfileGeneratorError, type Problem } from '../../errors';
import { ImageConstruct } from '../../image';
import { HARDENING_PACKS, Rules } from '../../rules';
import { assemble, type Assembly } from '../../synth';
import type { OutputFile } from '../../synth/render-image';
import type { OpenedTree } from '../open-tree';

/** A tree and what came of rendering and judging it, once for all layers. */
export interface CheckedTree extends OpenedTree {
  /** What is wrong with the tree. */
  readonly problems: readonly Problem[];
  /** What the rules refuse. */
  readonly violations: readonly Problem[];
  /** Undefined where there is a problem or a violation. */
  readonly assembly: Assembly | undefined;
  /** Files of the images that are meant; none where there is a problem or a violation. */
  readonly files: readonly OutputFile[];
}

/** Renders a tree; what is wrong is noted, not thrown. */
export function checkTree(tree: OpenedTree): CheckedTree {
  const names = tree.images.map(({ node }) => node.id);
  try {
    const assembly = assemble(tree.app, tree.app.outdir);
    const files = [...assembly.files()].filter(({ path }) => names.includes(path.split('/')[0]!));
    return { ...tree, problems: [], violations: [], assembly, files };
  } catch (error) {
    if (!(error instanceof DockerfileGeneratorError)) {
      throw error;
    }
    const isViolation = ({ what }: Problem) => ruleIds(tree).has(what.split(' ')[0]!);
    const violations = error.details.filter(isViolation);
    const problems = error.details.filter((problem) => !isViolation(problem));
    return { ...tree, problems, violations, assembly: undefined, files: [] };
  }
}

/** The problems of a tree begin with what is wrong, the violations with the id of the rule. */
function ruleIds({ app }: OpenedTree): ReadonlySet<string> {
  const own = ImageConstruct.all(app).flatMap((image) => Rules.around(image));
  return new Set([...HARDENING_PACKS, ...own].flatMap(({ rules }) => rules.map(({ id }) => id)));
}
