import type { IConstruct } from 'constructs';
import type { Problem } from '../errors';
import { checkApplications, checkContributions, ImageConstruct, ImagePart } from '../image';
import type * as Rules from '../rules';
import { Rules as OwnRules } from '../rules/rules';

/** Everything that is wrong with a tree, in the order of the tree; what a construct's own validations say too. */
export function validateTree(root: IConstruct): Problem[] {
  const problems = root.node.findAll().flatMap((construct) => {
    const own: Problem[] = [];
    if (ImagePart.isImagePart(construct)) {
      if (ImageConstruct.tryOf(construct) === undefined) {
        own.push({
          where: construct.node.path,
          what: 'this construct stands outside of an image, so nothing of it would be anywhere',
          next: 'give it an ImageConstruct as its scope',
        });
      }
      own.push(...construct.problems, ...checkContributions(construct));
      own.push(...(ImageConstruct.tryOf(construct) === construct ? checkImage(construct as ImageConstruct) : []));
    }
    const validations = construct.node.validate().map((what) => ({
      where: construct.node.path || 'the app',
      what,
      next: 'mend what the validation of this construct names',
    }));
    return [...own, ...validations];
  });
  return [...problems, ...findTwins(root)];
}

function checkImage(image: ImageConstruct): Problem[] {
  return [...takenIds(image), ...checkApplications(image)];
}

/** Only rules of a person's own can have an id that is taken; the shipped ones take long to load. */
function takenIds(image: ImageConstruct): Problem[] {
  if (OwnRules.around(image).length === 0) {
    return [];
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazy
  return (require('../rules') as typeof Rules).findTakenIds(image);
}

/** Two images of one name would share a directory. */
function findTwins(root: IConstruct): Problem[] {
  const seen = new Set<string>();
  return ImageConstruct.all(root)
    .filter(({ node }) => seen.has(node.id) || !seen.add(node.id))
    .map((image) => ({
      where: image.node.path,
      what: `another image is named ${image.node.id}`,
      why: 'the id of an image is its directory in the output',
      next: 'give one of the two another id',
    }));
}
