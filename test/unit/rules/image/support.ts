import { evaluateRules } from '../../../../src/rules/evaluate';
import { IMAGE_RULES } from '../../../../src/rules/image';
import type { ArchitectureFacts, ImageFacts } from '../../../../src/rules/image-facts';
import { RuleSubject } from '../../../../src/rules/rule-subject';

/** The Dockerfile of a context, or its files by their paths. */
export type Written = string | Readonly<Record<string, string>>;

/** Something that a person wrote, and parts of what a rule says of it, one for each finding. */
export type Row = readonly [story: string, written: Written, says: readonly string[]];

/** Something that a rule has nothing against. */
export type SoundRow = readonly [story: string, written: Written];

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
  writablePaths: [],
  packages: [],
  packageSource: 'live',
  grants: [],
  architectures: { amd64: architecture('linux/amd64') },
};

/** What a rule finds in hand-written files of an image, by their whole paths: `amd64/Dockerfile:2: no find over`. */
export function foundInImage(
  id: string,
  files: Readonly<Record<string, string>>,
  facts: Partial<ImageFacts> = {},
): string[] {
  const texts = Object.entries(files).map(([path, content]) => ({ path, content, executable: false }));
  const rules = IMAGE_RULES.rules.filter((rule) => rule.id === id);
  return evaluateRules(rules, new RuleSubject('shop', { ...FACTS, ...facts }, texts))
    .flatMap(({ findings }) => findings)
    .map(({ file = '', what }) => `${file}: ${what}`);
}

/** The same for an image of one context, by paths in it: a rule is asked without a tree, and without a synthesis. */
export function found(id: string, written: Written, facts?: Partial<ImageFacts>): string[] {
  const files = Object.entries(typeof written === 'string' ? { Dockerfile: written } : written);
  const whole = Object.fromEntries(files.map(([path, content]) => [`amd64/${path}`, content]));
  return foundInImage(id, whole, facts).map((text) => text.replace(/^amd64\//, ''));
}

/** Parts of findings, each of one finding and in their order. */
export function saying(parts: readonly string[]): unknown[] {
  return parts.map((part): unknown => expect.stringContaining(part));
}
