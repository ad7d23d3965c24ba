import { subjectOf } from './written';
import { RuleSubject, type RuleFile } from '../../../src';
import { distinctContexts } from '../../../src/rules/distinct-contexts';
import type { ArchitectureFacts } from '../../../src/rules/image-facts';

const { facts } = subjectOf('FROM scratch');

const DIGESTS = { amd64: 'a'.repeat(64), arm64: 'b'.repeat(64) };
const CHECKSUMS = { amd64: 'c'.repeat(64), arm64: 'd'.repeat(64) };
const WORDS = { amd64: 'x86_64', arm64: 'aarch64' };

type Name = keyof typeof DIGESTS;

/** What the manifest says of an architecture: a base, and a download that has the architecture in its name. */
function inputs(name: Name): ArchitectureFacts {
  return {
    platform: `linux/${name}`,
    base: { reference: 'docker.io/library/debian:12', digest: `sha256:${DIGESTS[name]}` },
    downloads: [{ url: `https://example.com/s6-${WORDS[name]}.tar.xz`, sha256: CHECKSUMS[name] }],
  } as ArchitectureFacts;
}

/** A Dockerfile that names each input once. */
function dockerfile(name: Name): string {
  return [
    `FROM docker.io/library/debian:12@sha256:${DIGESTS[name]}`,
    `ADD --checksum=sha256:${CHECKSUMS[name]} https://example.com/s6-${WORDS[name]}.tar.xz /`,
    'USER 10001:10001',
  ].join('\n');
}

interface Side {
  readonly facts: ArchitectureFacts;
  readonly files: readonly RuleFile[];
}

function side(name: Name): Side {
  const contents = { Dockerfile: dockerfile(name), 'nginx.conf': 'events {}' };
  const files = Object.entries(contents).map(([path, content]) => ({
    path: `${name}/${path}`,
    content,
    executable: false,
  }));
  return { facts: inputs(name), files };
}

/** Which of two contexts the rules have to see, where something of the second, or of both, is another. */
function seen(change: (side: Side, name: Name) => Partial<Side>, where: readonly Name[] = ['arm64']): string[] {
  const sides = Object.fromEntries(
    (['amd64', 'arm64'] as const).map((name) => {
      const sound = side(name);
      return [name, where.includes(name) ? { ...sound, ...change(sound, name) } : sound];
    }),
  );
  const architectures = Object.fromEntries(Object.entries(sides).map(([name, { facts: own }]) => [name, own]));
  const files = Object.values(sides).flatMap((one) => one.files);
  const subject = new RuleSubject('shop', { ...facts, architectures }, files);
  return distinctContexts(subject.contexts, subject.facts).map(({ architecture }) => architecture);
}

/** The text of the Dockerfile changed. */
function text(edit: (text: string) => string): (side: Side) => Partial<Side> {
  return ({ files: [one, ...others] }) => ({ files: [{ ...one!, content: edit(one!.content) }, ...others] });
}

function first(change: Partial<RuleFile>): (side: Side) => Partial<Side> {
  return ({ files: [one, ...others] }) => ({ files: [{ ...one!, ...change }, ...others] });
}

function base(change: Partial<ArchitectureFacts['base']>): (side: Side) => Partial<Side> {
  return (given) => ({ facts: { ...given.facts, base: { ...given.facts.base, ...change } } });
}

function download(change: Partial<ArchitectureFacts['downloads'][number]>): (side: Side) => Partial<Side> {
  return (given) => ({
    facts: { ...given.facts, downloads: given.facts.downloads.map((one) => ({ ...one, ...change })) },
  });
}

const ONE = ['amd64'];
const BOTH = ['amd64', 'arm64'];

test('GIVEN contexts that differ by the digests and names of their inputs, THEN one of them is looked at', () => {
  expect(seen(() => ({}))).toEqual(ONE);
});

test('GIVEN no context at all, THEN there is none to look at', () => {
  expect(distinctContexts([], facts)).toEqual([]);
});

test.each<[string, (side: Side, name: Name) => Partial<Side>]>([
  ['another line', text((written) => `${written}\nRUN a`)],
  ['another user', text((written) => written.replace('10001:10001', '0:0'))],
  ['the base of the other', text((written) => written.replace(DIGESTS.arm64, DIGESTS.amd64))],
  ['a digest of nobody', text((written) => written.replace(DIGESTS.arm64, 'e'.repeat(64)))],
  ['the checksum where the base should be', text((written) => written.replace(DIGESTS.arm64, CHECKSUMS.arm64))],
  ['the name of the other download', text((written) => written.replace(WORDS.arm64, WORDS.amd64))],
  ['an executable file', first({ executable: true })],
  ['a file in another place', first({ path: 'arm64/Dockerfile.old' })],
  ['a file more', ({ files }) => ({ files: [...files, { path: 'arm64/z', content: '', executable: false }] })],
  ['a file less', ({ files }) => ({ files: files.slice(0, 1) })],
])('GIVEN a second context with %s, THEN both are looked at', (_, change) => {
  expect(seen(change)).toEqual(BOTH);
});

test.each<[string, (side: Side, name: Name) => Partial<Side>]>([
  ['another base', base({ reference: 'docker.io/library/debian:13' })],
  ['a digest without its form', base({ digest: `sha256:${'B'.repeat(64)}` })],
  ['a digest that is too short', base({ digest: `sha256:${'b'.repeat(63)}` })],
  ['a digest of another kind', base({ digest: `sha512:${DIGESTS.arm64}` })],
  ['a digest with the kind inside', base({ digest: `${DIGESTS.arm64}sha256:` })],
  ['the digest of the first', base({ digest: `sha256:${DIGESTS.amd64}` })],
  ['a download of another host', download({ url: `https://example.org/s6-${WORDS.arm64}.tar.xz` })],
  ['a download of another version', download({ url: `https://example.com/s7-${WORDS.arm64}.tar.xz` })],
  ['a download with a directory of its own', download({ url: `https://example.com/arm64/s6-${WORDS.arm64}.tar.xz` })],
  ['a checksum without its form', download({ sha256: 'none' })],
  ['no download', (given) => ({ facts: { ...given.facts, downloads: [] } })],
  ['another platform', (given) => ({ facts: { ...given.facts, platform: 'linux/arm/v7' } })],
])('GIVEN a manifest that says of the second %s, THEN both are looked at', (_, change) => {
  expect(seen(change)).toEqual(BOTH);
});

test.each<[string, (side: Side, name: Name) => Partial<Side>]>([
  ['digests are malformed', base({ digest: 'sha256:none' })],
  ['platforms are others', (given, name) => ({ facts: { ...given.facts, platform: `windows/${name}` } })],
])('GIVEN a manifest of which in both the %s, THEN both are looked at', (_, change) => {
  expect(seen(change, ['amd64', 'arm64'])).toEqual(BOTH);
});

test('GIVEN digests of the one that the other has in other places, THEN both are looked at', () => {
  // GIVEN: what is the base of the one is the download of the other, and neither names what it has.
  const swapped = (given: Side): Partial<Side> => ({
    facts: {
      ...given.facts,
      base: { ...given.facts.base, digest: `sha256:${CHECKSUMS.amd64}` },
      downloads: given.facts.downloads.map((one) => ({ ...one, sha256: DIGESTS.amd64 })),
    },
    files: given.files.map((file) => ({
      ...file,
      content: file.content.replace(DIGESTS.arm64, CHECKSUMS.amd64).replace(CHECKSUMS.arm64, DIGESTS.amd64),
    })),
  });
  // THEN
  expect(seen(swapped)).toEqual(BOTH);
});
