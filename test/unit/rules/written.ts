import { hardeningRule } from '../../../src/rules';
import { evaluateRules } from '../../../src/rules/evaluate';
import type { ArchitectureFacts, ImageFacts } from '../../../src/rules/image-facts';
import { RuleSubject, type RuleContext } from '../../../src/rules/rule-subject';

/** The Dockerfile of a context, or its files by their paths. */
export type Written = string | Readonly<Record<string, string>>;

export const DIGEST = `sha256:${'a'.repeat(64)}`;

/** What the manifest says of an architecture. */
export function architecture(platform: string): ArchitectureFacts {
  return { platform, base: { reference: 'docker.io/library/debian:12', digest: DIGEST }, downloads: [] };
}

const FACTS: ImageFacts = {
  path: 'shop',
  php: { version: '8.4', extensions: [], uploads: false },
  platform: { name: 'debian', release: 'trixie', endOfLife: '2030-06-30' },
  supervisor: 'overlay',
  user: '10001:10001',
  ports: [8080],
  documentRoot: '/var/www/html/public',
  entryPoints: ['/index.php'],
  serverNames: [],
  trustedProxies: [],
  writablePaths: [{ path: '/srv/uploads', kind: 'volume', exec: false, mode: '0770' }],
  packages: [],
  packageSource: 'live',
  grants: [],
  architectures: { amd64: architecture('linux/amd64') },
};

/** An image of hand-written files, by their whole paths. */
function imageOf(files: Readonly<Record<string, string>>, facts: Partial<ImageFacts> = {}): RuleSubject {
  const texts = Object.entries(files).map(([path, content]) => ({ path, content, executable: false }));
  return new RuleSubject('shop', { ...FACTS, ...facts }, texts);
}

/** An image of one context: a rule is asked without a tree, and without a synthesis. */
export function subjectOf(written: Written, facts?: Partial<ImageFacts>): RuleSubject {
  const files = Object.entries(typeof written === 'string' ? { Dockerfile: written } : written);
  return imageOf(Object.fromEntries(files.map(([path, content]) => [`amd64/${path}`, content])), facts);
}

/** Its only context. */
export function contextOf(written: Written): RuleContext {
  return subjectOf(written).contexts[0]!;
}

/** What a rule finds in an image: `amd64/Dockerfile:2: no find over`. */
function foundIn(id: string, subject: RuleSubject): string[] {
  return evaluateRules([hardeningRule(id)!], subject)
    .flatMap(({ findings }) => findings)
    .map(({ file = '', what }) => `${file}: ${what}`);
}

/** What a rule finds in files of an image, by their whole paths. */
export function foundInImage(
  id: string,
  files: Readonly<Record<string, string>>,
  facts?: Partial<ImageFacts>,
): string[] {
  return foundIn(id, imageOf(files, facts));
}

/** What a rule finds in an image of one context, by paths in it: `Dockerfile:2: ADD in the last stage`. */
export function found(id: string, written: Written, facts?: Partial<ImageFacts>): string[] {
  return foundIn(id, subjectOf(written, facts)).map((text) => text.replace(/^amd64\//, ''));
}

/** Parts of findings, each of one finding and in their order. */
export function saying(parts: readonly string[]): unknown[] {
  return parts.map((part): unknown => expect.stringContaining(part));
}
