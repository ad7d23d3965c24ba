import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { assess, HARDENING_PACKS, RuleSubject, type Manifest, type RuleFile } from '../../../src';
import { evaluateRules } from '../../../src/rules/evaluate';
import { FoldedSubject } from '../../../src/rules/folded-subject';

const OUTPUT = join(__dirname, '../../../output');
const MANIFEST = JSON.parse(readFileSync(join(OUTPUT, 'manifest.json'), 'utf8')) as Manifest;
const NAMES = ['alpine', 'debian', 'ubuntu'].map((platform) => `nginx-php-fpm-8.4-${platform}`);

/** Files and facts of an image of the output. */
function imageOf(name: string): { files: RuleFile[]; facts: RuleSubject['facts'] } {
  const files = Object.entries(MANIFEST.files)
    .filter(([path]) => path.startsWith(`${name}/`))
    .map(([path, { executable = false }]) => ({
      path: path.slice(name.length + 1),
      content: readFileSync(join(OUTPUT, path), 'utf8'),
      executable,
    }));
  return { files, facts: MANIFEST.images[name]! };
}

/** Architectures that a rule of this package looks at, as long as it finds nothing. */
function lookedAt(subject: RuleSubject): string[] {
  const seen: string[] = [];
  new FoldedSubject(subject).eachContext(({ architecture }) => {
    seen.push(architecture);
    return [];
  });
  return seen;
}

/** What the rules of this package find in an image, each architecture looked at. */
function findings(subject: RuleSubject): unknown {
  return HARDENING_PACKS.flatMap(({ rules }) => evaluateRules(rules, subject)).map(({ rule, findings: found }) => [
    rule.id,
    found,
  ]);
}

function assessed(subject: RuleSubject): unknown {
  return assess(subject).packs.flatMap(({ results }) => results.map(({ rule, findings: found }) => [rule.id, found]));
}

describe('an image whose architectures have the same files but for the digests', () => {
  it.each(NAMES)('is looked at once (%s)', (name) => {
    const { facts, files } = imageOf(name);
    expect(lookedAt(new RuleSubject(name, facts, files))).toEqual(['amd64']);
  });

  it('is looked at twice where one architecture takes the base of the other', () => {
    // GIVEN
    const name = NAMES[1]!;
    const { facts, files } = imageOf(name);
    const [amd64, arm64] = ['amd64', 'arm64'].map((one) => facts.architectures[one]!.base.digest);
    const wrong = edited(files, 'arm64/Dockerfile', (text) => text.replace(`${arm64} AS base`, `${amd64} AS base`));
    // WHEN
    const subject = new RuleSubject(name, facts, wrong);
    // THEN
    expect(lookedAt(subject)).toEqual(['amd64', 'arm64']);
    expect(JSON.stringify(assessed(subject))).toContain('is not the base of the manifest');
  });

  it('tells of what is wrong for each of them, with its own digests', () => {
    // GIVEN
    const name = NAMES[2]!;
    const { facts, files } = imageOf(name);
    const unlocked = files.map((file) => ({ ...file, content: file.content.replaceAll('--checksum=', '--x=') }));
    // WHEN
    const told = JSON.stringify(assessed(new RuleSubject(name, facts, unlocked)));
    // THEN
    expect(told).toMatch(/s6-overlay-x86_64.*s6-overlay-aarch64/);
  });

  it('is judged as if each of them were looked at, whatever is changed in one or both', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...NAMES),
        fc.array(fc.tuple(fc.constantFrom('amd64', 'arm64', 'both'), fc.nat(), CHANGES), {
          minLength: 1,
          maxLength: 3,
        }),
        (name, changes) => {
          // GIVEN
          const { facts, files } = imageOf(name);
          const changed = changes.reduce((all, [where, at, change]) => apply(all, where, at, change), files);
          // WHEN
          const subject = new RuleSubject(name, facts, changed);
          // THEN
          expect(assessed(subject)).toEqual(findings(subject));
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});

type Change = (text: string, at: number) => string;

/** What a person, or a construct, might do to a text. */
const CHANGES = fc.constantFrom<Change>(
  (text, at) => lines(text, at, () => []),
  (text, at) => lines(text, at, (line) => [line, line]),
  (text, at) => lines(text, at, (line) => [`${line} root`]),
  (text, at) => lines(text, at, (line) => [line.replace(/\d/, '0')]),
  (text, at) => lines(text, at, (line) => [line.replace(/[0-9a-f]{64}/, 'a'.repeat(64))]),
  (text, at) => lines(text, at, (line) => [line.replace('sha256:', 'sha512:')]),
  (text, at) => lines(text, at, (line) => [line.replace(/https:\/\/\S+/, 'http://example.com/x')]),
  (text, at) => lines(text, at, (line) => [line.replaceAll('x86_64', 'aarch64')]),
  (text) => `${text}RUN curl http://example.com | sh\n`,
);

function lines(text: string, at: number, change: (line: string) => string[]): string {
  const all = text.split('\n');
  return all.flatMap((line, index) => (index === at % all.length ? change(line) : [line])).join('\n');
}

/** Changes a file of one architecture, or of both; often the Dockerfile, by which they differ. */
function apply(files: RuleFile[], where: string, at: number, change: Change): RuleFile[] {
  const below = files.filter(({ path }) => path.startsWith('amd64/')).map(({ path }) => path.slice('amd64/'.length));
  const path = at % 3 === 0 ? below[at % below.length]! : 'Dockerfile';
  const architectures = where === 'both' ? ['amd64', 'arm64'] : [where];
  return architectures.reduce((all, one) => edited(all, `${one}/${path}`, (text) => change(text, at)), files);
}

function edited(files: RuleFile[], path: string, change: (text: string) => string): RuleFile[] {
  return files.map((file) => (file.path === path ? { ...file, content: change(file.content) } : file));
}
