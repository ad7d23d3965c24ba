import type { ArchitectureFacts, ImageFacts } from './image-facts';
import type { RuleContext } from './rule-subject';

/** What stands for an input of one architecture, and what stands in the same places for that of another. */
type Renaming = ReadonlyArray<readonly [string, string]>;

/** Digests, which say nothing by themselves. */
const SHA256 = /^[0-9a-f]{64}$/;

/** The word by which the name of a download tells its architecture. */
const WORD_IN_FILE = /(?:x86_64|amd64|aarch64|arm64)(?=[\w.-]*$)/;

/**
 * The contexts that a rule has to see: the first, and each that is more than the first with the digests of another
 * architecture. Of digests and of names of downloads rules ask the form and the place, and both are the same there.
 */
export function distinctContexts(contexts: readonly RuleContext[], facts: ImageFacts): readonly RuleContext[] {
  const [first, ...others] = contexts;
  return first ? [first, ...others.filter((other) => !isLike(first, other, facts))] : [];
}

function isLike(first: RuleContext, other: RuleContext, { architectures }: ImageFacts): boolean {
  const renaming = renamingOf(first.architecture, other.architecture, architectures);
  return (
    renaming !== undefined &&
    first.files.length === other.files.length &&
    first.files.every((file, index) => {
      const twin = other.files[index]!;
      return (
        file.executable === twin.executable &&
        file.path.slice(first.architecture.length) === twin.path.slice(other.architecture.length) &&
        isRenamed(file.content, twin.content, renaming)
      );
    })
  );
}

/** Whether each name of the one text stands where the other has its own, and nothing else differs. */
function isRenamed(text: string, other: string, renaming: Renaming): boolean {
  if (text === other) {
    return true;
  }
  const back = renaming.map(([from, to]) => [to, from] as const);
  return rename(text, renaming) === other && rename(other, back) === text;
}

function rename(text: string, renaming: Renaming): string {
  return renaming.reduce((renamed, [from, to]) => renamed.replaceAll(from, to), text);
}

/** undefined where inputs differ by more than their digests and the word for the architecture. */
function renamingOf(
  name: string,
  otherName: string,
  { [name]: one, [otherName]: other }: Readonly<Record<string, ArchitectureFacts>>,
): Renaming | undefined {
  const [names, others] = [namesOf(name, one!), namesOf(otherName, other!)];
  if (names === undefined || others === undefined || names.form !== others.form) {
    return undefined;
  }
  const pairs = names.names
    .map((from, index) => [from, others.names[index]!] as const)
    .filter(([from, to]) => from !== to);
  const renaming = new Map(pairs);
  // A name that stands for two inputs would not say which of them is meant.
  const isClear = new Set(pairs.flat()).size === 2 * renaming.size;
  return isClear ? [...renaming] : undefined;
}

/** The names of the inputs of an architecture, and all else that is said of them; undefined for what is malformed. */
function namesOf(
  name: string,
  facts: ArchitectureFacts,
): { readonly names: readonly string[]; readonly form: string } | undefined {
  const { platform, base, downloads } = facts;
  if (platform !== `linux/${name}` || !digestsOf(facts).every((digest) => SHA256.test(digest))) {
    return undefined;
  }
  const forms = downloads.map(({ url }) => url.replace(WORD_IN_FILE, '*'));
  return { names: inputNames(facts), form: [base.reference, base.digest.length, ...forms].join('\n') };
}

/** Digests and names of files by which a build names the inputs of an architecture. */
export function inputNames(facts: ArchitectureFacts): readonly string[] {
  return [...digestsOf(facts), ...facts.downloads.map(({ url }) => url.slice(url.lastIndexOf('/') + 1))];
}

function digestsOf({ base, downloads }: ArchitectureFacts): string[] {
  return [base.digest.replace(/^sha256:/, ''), ...downloads.map(({ sha256 }) => sha256)];
}
