import { DockerfileParser, type Add, type Dockerfile, type From, type Instruction } from 'dockerfile-ast';
import { knownPackages, supplement } from './support/known-packages';
import { ARCHITECTURES, manifestImages, outputFiles, rawFacts, readContext } from './support/output';

/** Certainties of manifest.json for a name that was concluded, not read. */
const CONCLUDED = ['inferred', 'unverified'];

/** Those for a name that was not read in the primary source of its release. */
const NOT_VERIFIED = ['corroborated', 'single-source', ...CONCLUDED];

interface RawBase {
  readonly index_digest: string;
  readonly amd64: string | null;
  readonly arm64: string | null;
  readonly superseded_partial_indexes?: readonly string[];
}

const contexts = manifestImages().flatMap(([name, image]) =>
  ARCHITECTURES.map((architecture) => ({ name, image, architecture })),
);

function dockerfileOf(name: string, architecture: string): Dockerfile {
  return DockerfileParser.parse(readContext(name, architecture).get('Dockerfile')!);
}

function instructions(dockerfile: Dockerfile, keyword: string): Instruction[] {
  return dockerfile.getInstructions().filter((instruction) => instruction.getKeyword() === keyword);
}

/** Names that a RUN gives to `apt-get install` or `apk add`. */
function installed(dockerfile: Dockerfile): string[] {
  return instructions(dockerfile, 'RUN').flatMap((run) => {
    const commands = run
      .getRawArgumentsContent()!
      .replace(/\\\n/g, ' ')
      .split(/&&|;|\|\|?/);
    return commands.flatMap((command) => {
      const words = command.trim().split(/\s+/);
      const at = words.findIndex(
        (word, index) =>
          (word === 'install' && words[index - 1] === 'apt-get') || (word === 'add' && words[index - 1] === 'apk'),
      );
      return at < 0 ? [] : packagesAmong(words.slice(at + 1));
    });
  });
}

/** Options of apk that take the next word. */
const WITH_VALUE = ['--root', '--keys-dir', '--repositories-file', '--repository', '--arch'];

function packagesAmong(words: readonly string[]): string[] {
  return words.filter((word, index) => !word.startsWith('-') && !WITH_VALUE.includes(words[index - 1] ?? ''));
}

/** The image of the raw facts with a tag; they write `13.7-slim = trixie-20260918-slim` and `24.04 noble-20260911`. */
function rawBase(platform: string, tag: string): RawBase {
  const found = Object.entries(rawFacts<Record<string, Record<string, RawBase>>>('base-images')[platform]!).find(
    ([name]) => name.split(' ').includes(tag),
  );
  if (!found) {
    throw new Error(`the raw facts know no image ${platform}:${tag}`);
  }
  return found[1];
}

describe.each(contexts)('$name for $architecture', ({ name, image, architecture }) => {
  const dockerfile = dockerfileOf(name, architecture);
  const { platform, php } = image;
  const known = knownPackages(platform.name, platform.release, php.version);
  const names = installed(dockerfile);

  it('installs packages that its release has, by the raw facts', () => {
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((item) => !known.has(item))).toEqual([]);
  });

  it('says of every package whose name is concluded, not read, that it is', () => {
    const honest = ({ origin }: { origin: string }) => (origin === 'archive' ? NOT_VERIFIED : CONCLUDED);
    const overstated = image.packages
      .filter((item) => known.get(item.name) === 'inferred' && !honest(item).includes(item.certainty))
      .map((item) => `${item.name} of ${item.origin}: ${item.certainty}`);
    expect(overstated).toEqual([]);
  });

  it('installs for the image what manifest.json says, and nothing else but the tools of the build', () => {
    const listed = image.packages.map((item) => item.name);
    expect(listed.filter((item) => !names.includes(item))).toEqual([]);
    expect(names.filter((item) => !listed.includes(item))).toEqual(
      image.supervisor === 'overlay' && platform.name !== 'alpine' ? ['xz-utils'] : [],
    );
  });

  it('starts from images by the digest that the raw facts have for its architecture, and from no other', () => {
    // GIVEN
    const from = instructions(dockerfile, 'FROM') as From[];
    const stages = from.map((item) => item.getBuildStage()).filter((stage) => stage !== null);
    const outside = from.filter((item) => item.getImageName() !== 'scratch' && !stages.includes(item.getImage()!));
    // THEN
    expect(outside.length).toBe(1);
    for (const item of outside) {
      const { base } = image.architectures[architecture]!;
      const raw = rawBase(platform.name, item.getImageTag()!);
      const own = raw[architecture];
      expect(item.getImageDigest()).toBe(own ?? raw.index_digest);
      expect(base).toEqual({
        reference: `docker.io/library/${platform.name}:${item.getImageTag()}`,
        digest: item.getImageDigest(),
        kind: own === null ? 'index-only' : 'manifest',
      });
    }
  });

  it('downloads nothing without a checksum that the raw facts have for that file', () => {
    const found = (instructions(dockerfile, 'ADD') as Add[]).map((add) => {
      const checksum = add
        .getFlags()
        .find((flag) => flag.getName() === 'checksum')
        ?.getValue();
      return { url: add.getArguments()[0]?.getValue(), sha256: /^sha256:([0-9a-f]{64})$/.exec(checksum ?? '')?.[1] };
    });
    for (const { url, sha256 } of found) {
      expect([url, sha256]).toEqual([url, rawChecksum(url!)]);
    }
    expect(found).toEqual(image.architectures[architecture]!.downloads);
    expect(found.some(({ url }) => url!.includes('s6-overlay'))).toBe(image.supervisor === 'overlay');
    expect(found.some(({ url }) => url!.includes('sury'))).toBe(image.packages.some(({ origin }) => origin === 'sury'));
  });

  it('takes s6-overlay for its own architecture', () => {
    const machine = { amd64: 'x86_64', arm64: 'aarch64' }[architecture];
    const other = { amd64: 'aarch64', arm64: 'x86_64' }[architecture];
    const urls = image.architectures[architecture]!.downloads.map(({ url }) => url).join(' ');
    expect(urls).not.toContain(other);
    expect(urls.includes(`s6-overlay-${machine}.tar.xz`)).toBe(image.supervisor === 'overlay');
  });
});

/** The checksum of a download by the raw facts; a URL that they do not give is refused. */
function rawChecksum(url: string): string {
  const sury = rawFacts<{ sury: { apt_gpg_sha256_published: { url: string; sha256: string } } }>('debian').sury
    .apt_gpg_sha256_published;
  if (url === sury.url) {
    return sury.sha256;
  }
  const overlay = rawFacts<{ download: string; sha256: Record<string, { sha256: string; certainty: string }> }>(
    's6-overlay',
  );
  const file = url.slice(url.lastIndexOf('/') + 1);
  expect(url).toBe(overlay.download.replace('<file>', file));
  expect(overlay.sha256[file]!.certainty).toMatch(/^CORROBORATED/);
  return overlay.sha256[file]!.sha256;
}

describe("Surý's repository", () => {
  const scripts = outputFiles(/add-repository\.sh$/);
  const { sury } = rawFacts<{ sury: { key_fingerprint: string; expiry_trap: string; url: string } }>('debian');

  it.each(scripts)('has in %s the fingerprint and the expiry of its renewed key', (_, text) => {
    const [, until] = /valid to (\d{4}-\d{2}-\d{2})/.exec(sury.expiry_trap)!;
    expect(text).toContain(sury.key_fingerprint);
    expect(text).toContain(until!);
    expect(text).toContain(`URIs: ${sury.url}/`);
  });

  it('is added by every image that has packages of it, and by no other', () => {
    const with_ = manifestImages().filter(([, { packages }]) => packages.some(({ origin }) => origin === 'sury'));
    expect(scripts).toHaveLength(with_.length * ARCHITECTURES.length);
  });
});

test('what the raw facts lack stands in the supplement with a source and a certainty', () => {
  for (const [platform, releases] of Object.entries(supplement())) {
    for (const [release, packages] of Object.entries(releases)) {
      for (const [name, { certainty, source }] of Object.entries(packages)) {
        expect([platform, release, name, certainty]).toEqual([
          platform,
          release,
          name,
          expect.stringMatching(/^(?:VERIFIED|SINGLE SOURCE|INFERRED)$/),
        ]);
        expect(source.length).toBeGreaterThan(20);
      }
    }
  }
});

test('a package that no release has, or has under another PHP, is found out', () => {
  const known = knownPackages('debian', 'trixie', '8.4');
  expect(known.get('php8.4-intl')).toBe('seen');
  expect(known.has('php8.3-intl')).toBe(false);
  expect(known.has('php8.4-json')).toBe(false);
  expect(known.has('curl')).toBe(false);
  expect(knownPackages('debian', 'trixie', '8.5').has('php8.5-opcache')).toBe(false);
  expect(knownPackages('debian', 'trixie', '8.3').get('php8.3-opcache')).toBe('inferred');
  expect(knownPackages('ubuntu', '22.04', '8.1').has('tzdata-legacy')).toBe(false);
});
