import { DOCKERFILE_RULES } from '../../../../src/rules/dockerfile';
import { evaluateRules } from '../../../../src/rules/evaluate';
import type { ImageFacts } from '../../../../src/rules/image-facts';
import { RuleSubject, type RuleContext } from '../../../../src/rules/rule-subject';

/** The Dockerfile of a context, or its files by their paths. */
export type Written = string | Readonly<Record<string, string>>;

/** Something that a person wrote, and what a rule says of it: the end of each finding's place, and what it says. */
export type Row = readonly [
  story: string,
  rule: string,
  written: Written,
  says: readonly string[],
  facts?: Partial<ImageFacts>,
];

/** Something that a rule has nothing against. */
export type SoundRow = readonly [story: string, rule: string, written: Written, facts?: Partial<ImageFacts>];

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
  architectures: { amd64: { platform: 'linux/amd64', base: { reference: 'debian', digest: '' }, downloads: [] } },
};

/** An image of hand-written files: a rule is asked without a tree, and without a synthesis. */
export function subjectOf(written: Written, facts: Partial<ImageFacts> = {}): RuleSubject {
  const files = Object.entries(typeof written === 'string' ? { Dockerfile: written } : written);
  return new RuleSubject(
    'shop',
    { ...FACTS, ...facts },
    files.map(([path, content]) => ({ path: `amd64/${path}`, content, executable: false })),
  );
}

/** Its only context. */
export function contextOf(written: Written): RuleContext {
  return subjectOf(written).contexts[0]!;
}

/** A context with a script of the build. */
export function script(text: string): Written {
  return { Dockerfile: 'FROM scratch\nEXPOSE 8080\n', 'scripts/own.sh': `${text}\n` };
}

/** What a rule finds: `Dockerfile:2: ADD in the last stage`. */
export function found(id: string, written: Written, facts?: Partial<ImageFacts>): string[] {
  const rules = DOCKERFILE_RULES.rules.filter((rule) => rule.id === id);
  return evaluateRules(rules, subjectOf(written, facts))
    .flatMap(({ findings }) => findings)
    .map(({ file = '', what }) => `${file.replace(/^amd64\//, '')}: ${what}`);
}

/** Parts of findings, each of one finding and in their order. */
export function saying(parts: readonly string[]): unknown[] {
  return parts.map((part): unknown => expect.stringContaining(part));
}
