import { createHash } from 'node:crypto';
import { Construct, RootConstruct, type IConstruct } from 'constructs';
import { Catalog } from '../catalog';
import { canonicalText } from '../config';
import {
  contributionsText,
  CronConstruct,
  ImageConstruct,
  ImagePart,
  NginxConstruct,
  PhpFpmConstruct,
  S6Construct,
  shippedPlatform,
} from '../image';
import { lockTextOf } from './locked-catalog';
import { Rules } from '../rules/rules';

/** Classes whose state is known here, the innermost first; a class of a person's own may only add to them. */
const KNOWN: readonly object[] = [
  ImageConstruct.prototype,
  PhpFpmConstruct.prototype,
  NginxConstruct.prototype,
  S6Construct.prototype,
  CronConstruct.prototype,
  ImagePart.prototype,
  RootConstruct.prototype,
  Construct.prototype,
];

/**
 * A hash of everything that a locked tree is rendered and judged from: two trees that share it give the same output, by
 * the same version of this package. Undefined for a tree with something in it whose effect cannot be known without
 * running it: a method that is overridden, a platform, rule or change of a text of a person's own.
 */
export function treeFingerprint(root: IConstruct): string | undefined {
  const hash = createHash('sha256');
  for (const node of root.node.findAll()) {
    const text = isPlain(node) ? describe(node) : undefined;
    if (text === undefined) {
      return undefined;
    }
    hash.update(text).update('\n');
  }
  return hash.digest('hex');
}

function describe(node: IConstruct): string | undefined {
  if (!ImagePart.isImagePart(node)) {
    return Rules.around(node).length > 0 ? undefined : node.node.path;
  }
  const image = ImageConstruct.tryOf(node);
  // Its directory is told relative to others, and holds what only the file system knows.
  if (node.contributions.applications.length > 0) {
    return undefined;
  }
  const given = contributionsText(node.contributions);
  const own = image === node ? describeImage(image) : describePart(node);
  return given === undefined || own === undefined ? undefined : `${node.node.path} ${given} ${own}`;
}

function describePart(part: ImagePart): string | undefined {
  return part instanceof PhpFpmConstruct ? canonicalText([...part.adminSettings]) : '';
}

function describeImage(image: ImageConstruct): string | undefined {
  const { platform, architectures, target, config, patches } = image;
  const catalog = Catalog.of(platform.catalog);
  const facts = catalog === Catalog.shipped() ? 'shipped' : lockTextOf(catalog);
  const isOwn =
    patches.length > 0 ||
    Rules.around(image).length > 0 ||
    shippedPlatform(platform.name, catalog) !== platform ||
    [image.php, image.nginx, image.s6, image.cron].some((part) => part.node.scope !== image);
  const text = canonicalText([platform.name, target.release.name, [...architectures], config]);
  return isOwn || facts === undefined || text === undefined ? undefined : `${facts} ${text}`;
}

const PLAIN = new WeakMap<object, boolean>();

/** Whether a construct does what a class that is known here does: nothing between the two, and nothing on it, differs. */
function isPlain(node: IConstruct): boolean {
  const prototype = Object.getPrototypeOf(node) as object;
  const known = PLAIN.get(prototype) ?? addsAlone(prototype);
  PLAIN.set(prototype, known);
  return known && !Object.getOwnPropertyNames(node).some((name) => name in prototype);
}

function addsAlone(prototype: object): boolean {
  const added: PropertyKey[] = [];
  for (let current = prototype; !KNOWN.includes(current);) {
    added.push(...Reflect.ownKeys(current).filter((key) => key !== 'constructor'));
    current = Object.getPrototypeOf(current) as object;
    if (current === null || current === Object.prototype) {
      return false;
    }
  }
  const base = KNOWN.find((known) => known === prototype || Object.prototype.isPrototypeOf.call(known, prototype))!;
  return !added.some((key) => key in base);
}
