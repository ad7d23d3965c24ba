import type { CommandResult, Run } from '../../../../src/publish/command';
import { ClairScanner } from '../../../../src/publish/scan/clair';
import { GrypeScanner } from '../../../../src/publish/scan/grype';
import type { ScanOptions, Scanner, ScanTarget } from '../../../../src/publish/scan/scanner';
import { SnykScanner } from '../../../../src/publish/scan/snyk';
import { TrivyScanner } from '../../../../src/publish/scan/trivy';

// Nothing but Trivy can be installed here, and Trivy has no database: these reports are written by hand, each in the
// shape of the published test data that is named with it, so that they are read everywhere. The published data itself is
// read by published-reports.test.ts, where a person gives it.

const TARGET: ScanTarget = {
  reference: `registry.example.com/shop/web@sha256:${'a'.repeat(64)}`,
  platform: 'linux/amd64',
  insecure: false,
};

const OPTIONS: ScanOptions = { environment: { CLAIR_API: 'https://clair.example.com' }, timeout: 1000 };

interface Call {
  readonly program: string;
  readonly args: readonly string[];
}

/** Answers of a program, in turn. */
function answers(...results: object[]): { run: Run; calls: Call[] } {
  const calls: Call[] = [];
  const run: Run = (program, args) => {
    calls.push({ program, args });
    const next = results.shift() ?? {};
    const result = 'status' in next || 'absent' in next || 'timedOut' in next ? next : { stdout: JSON.stringify(next) };
    const all: CommandResult = { status: 0, stdout: '', stderr: '', ...(result as Partial<CommandResult>) };
    return Promise.resolve(all);
  };
  return { run, calls };
}

/** aquasecurity/trivy integration/testdata/alpine-39-high-critical.json.golden */
const TRIVY = {
  SchemaVersion: 2,
  ArtifactName: 'web',
  Results: [
    {
      Target: 'web (alpine 3.9.4)',
      Class: 'os-pkgs',
      Vulnerabilities: [
        {
          VulnerabilityID: 'CVE-2019-14697',
          PkgName: 'musl',
          InstalledVersion: '1.1.20-r4',
          FixedVersion: '1.1.20-r5',
          Severity: 'CRITICAL',
          Title: 'an imbalance of the x87 stack',
        },
        { VulnerabilityID: 'CVE-2019-0001', PkgName: 'zlib', InstalledVersion: '1', Severity: 'UNKNOWN' },
      ],
    },
    { Target: '/app/.env', Class: 'secret', Secrets: [{ RuleID: 'aws-access-key-id', Severity: 'CRITICAL' }] },
    { Target: 'Node.js', Class: 'lang-pkgs' },
  ],
};

/** anchore/grype grype/presenter/json/testdata/snapshot/TestJsonImgsPresenter.golden */
const GRYPE = {
  matches: [
    {
      vulnerability: { id: 'CVE-1999-0001', severity: 'Low', fix: { versions: ['1.2.1', '2.1.3'], state: 'fixed' } },
      artifact: { name: 'package-1', version: '1.1.1', type: 'rpm' },
    },
    {
      vulnerability: { id: 'CVE-1999-0002', severity: 'Critical', fix: { versions: [], state: '' } },
      artifact: { name: 'package-2', version: '2.2.2', type: 'deb' },
    },
  ],
  ignoredMatches: [
    {
      vulnerability: { id: 'CVE-1999-0003', severity: 'High' },
      artifact: { name: 'package-3', version: '3', type: 'deb' },
      appliedIgnoreRules: [{ vulnerability: 'CVE-1999-0003', reason: 'of a .grype.yaml', namespace: '' }],
    },
    {
      vulnerability: { id: 'CVE-1999-0004', severity: 'High' },
      artifact: { name: 'linux-libc-dev', version: '6', type: 'deb' },
      appliedIgnoreRules: [{ namespace: '', 'match-type': 'exact-indirect-match' }],
    },
  ],
  descriptor: {
    name: 'grype',
    version: '[not provided]',
    db: { status: { built: '2026-11-22T00:00:00Z', valid: true } },
  },
};

/** snyk/cli test/fixtures/container-app-vulns/resultJsonDataGrouped.json */
const SNYK = {
  ok: false,
  vulnerabilities: [
    {
      id: 'SNYK-DEBIAN13-MUSL-1',
      title: 'Out-of-bounds write',
      packageName: 'musl',
      name: ['musl/libc', 'musl/utils'],
      version: '1.1.20',
      severity: 'high',
      nearestFixedInVersion: '1.1.21',
      identifiers: { CVE: ['CVE-2019-14697'], CWE: [] },
    },
    { id: 'SNYK-DEBIAN13-ZLIB-1', name: 'zlib', version: '1', severity: 'low' },
  ],
  applications: [
    { ok: false, vulnerabilities: [{ id: 'SNYK-PHP-A-1', name: 'acme/a', version: '1', severity: 'critical' }] },
  ],
  filtered: { ignore: [{ id: 'SNYK-DEBIAN13-A-1', name: 'a', version: '2', severity: 'medium' }], patch: [] },
};

/** quay/claircore VulnerabilityReport, as quay/clair cmd/clairctl/jsonformatter.go prints it */
const CLAIR = {
  manifest_hash: `sha256:${'a'.repeat(64)}`,
  packages: { 10: { id: '10', name: 'musl', version: '1.1.20' } },
  distributions: { 1: { id: '1', did: 'debian', version_id: '13' } },
  vulnerabilities: {
    20: { id: '20', name: 'CVE-2019-14697', normalized_severity: 'Critical', fixed_in_version: '1.1.21' },
    21: { id: '21', name: 'CVE-2019-0002', normalized_severity: 'Negligible', fixed_in_version: '' },
    22: { id: '22', name: 'PYSEC-1', normalized_severity: 'High', fixed_in_version: 'fixed=1.2&introduced=1.0' },
    23: { id: '23', name: 'PYSEC-2', normalized_severity: 'High', fixed_in_version: 'lastAffected=9' },
  },
  package_vulnerabilities: { 10: ['20', '21', '22', '23'] },
};

/** Newest of each source, as its API answers. */
const UPDATES = JSON.stringify({
  'debian/updater': [{ date: '2026-11-22T00:00:00Z' }],
  'alpine-main-v3.22-updater': [{ date: '2026-11-20T00:00:00Z' }],
  'osv/go': [{ date: '2026-11-23T00:00:00Z' }],
});

function seen(findings: Awaited<ReturnType<Scanner['scan']>>['findings']): string[] {
  return findings.map(({ id, severity, where, version = '-', fixedIn = '-' }) =>
    [id, severity, where, version, fixedIn].join(' '),
  );
}

test('Trivy: vulnerabilities and secrets, and the age of its database', async () => {
  const { run, calls } = answers(TRIVY, { VulnerabilityDB: { UpdatedAt: '2026-11-22T06:00:00Z' } });
  const { findings, knowledge } = await new TrivyScanner('trivy', run).scan({ ...TARGET, layout: '/kept' }, OPTIONS);
  expect(seen(findings)).toEqual([
    'CVE-2019-14697 CRITICAL musl 1.1.20-r4 1.1.20-r5',
    'CVE-2019-0001 UNKNOWN zlib 1 -',
    'aws-access-key-id CRITICAL /app/.env - an image without it',
  ]);
  expect(knowledge).toEqual(new Date('2026-11-22T06:00:00Z'));
  // Its own errors end with 1: what it finds ends with another status.
  expect(calls[0]!.args).toEqual(expect.arrayContaining(['--exit-code=10', '--input=/kept', '--platform=linux/amd64']));
});

test('Trivy: an image that only a registry has is asked for by digest', async () => {
  const { run, calls } = answers(TRIVY, {});
  await new TrivyScanner('trivy', run).scan(TARGET, OPTIONS);
  expect(calls[0]!.args).toEqual(expect.arrayContaining(['--image-src=remote', TARGET.reference]));
});

test('Grype: matches, and the age of its database in both of its forms', async () => {
  const { run } = answers(GRYPE);
  const { findings, knowledge } = await new GrypeScanner('grype', run).scan(TARGET, OPTIONS);
  expect(seen(findings)).toEqual([
    'CVE-1999-0001 LOW package-1 1.1.1 1.2.1, 2.1.3',
    'CVE-1999-0002 CRITICAL package-2 2.2.2 -',
    // What a person's own file ignores has no last day: it counts. What Grype itself leaves out does not.
    'CVE-1999-0003 HIGH package-3 3 -',
  ]);
  expect(knowledge).toEqual(new Date('2026-11-22T00:00:00Z'));
  const older = answers({ ...GRYPE, descriptor: { name: 'grype', db: { built: '2026-11-21T00:00:00Z' } } });
  const report = await new GrypeScanner('grype', older.run).scan(TARGET, OPTIONS);
  expect(report.knowledge).toEqual(new Date('2026-11-21T00:00:00Z'));
});

test.each([
  ['that is not valid', { status: { built: '2026-11-22T00:00:00Z', valid: false } }],
  ['with an error', { built: '2026-11-22T00:00:00Z', error: 'checksum mismatch' }],
])('Grype: a database %s is no knowledge', async (_, db) => {
  const { run } = answers({ ...GRYPE, descriptor: { name: 'grype', db } });
  expect((await new GrypeScanner('grype', run).scan(TARGET, OPTIONS)).knowledge).toBeUndefined();
});

test('Grype: 2, of a fail-on-severity of its own settings, is an answer too', async () => {
  const { run } = answers({ status: 2, stdout: JSON.stringify(GRYPE) });
  expect((await new GrypeScanner('grype', run).scan(TARGET, OPTIONS)).findings).toHaveLength(3);
});

test('Snyk: 1 is an answer, 2 is a failure, and an image may have several results', async () => {
  const now = new Date('2026-11-23T00:00:00Z');
  const snyk = (result: object): SnykScanner => new SnykScanner('snyk', answers(result).run, () => now);
  const { findings, knowledge } = await snyk({ status: 1, stdout: JSON.stringify([SNYK, SNYK]) }).scan(TARGET, OPTIONS);
  // Once each, however many ways lead to a package; those of applications and those of a .snyk file with them.
  expect(seen(findings)).toEqual([
    'CVE-2019-14697 HIGH musl 1.1.20 1.1.21',
    'SNYK-DEBIAN13-ZLIB-1 LOW zlib 1 -',
    'SNYK-DEBIAN13-A-1 MEDIUM a 2 -',
    'SNYK-PHP-A-1 CRITICAL acme/a 1 -',
  ]);
  expect(knowledge).toEqual(now);
  await expect(
    snyk({ status: 2, stdout: '{"ok":false,"error":"not authenticated"}' }).scan(TARGET, OPTIONS),
  ).rejects.toThrow('snyk ended with status 2');
});

function clair(report: object, updates = UPDATES): ReturnType<Scanner['scan']> {
  const { run } = answers(report);
  return new ClairScanner('clairctl', run, () => Promise.resolve(updates)).scan(TARGET, OPTIONS);
}

test('Clair: findings by package', async () => {
  expect(seen((await clair(CLAIR)).findings)).toEqual([
    'CVE-2019-14697 CRITICAL musl 1.1.20 1.1.21',
    'CVE-2019-0002 LOW musl 1.1.20 -',
    'PYSEC-1 HIGH musl 1.1.20 1.2',
    'PYSEC-2 HIGH musl 1.1.20 -',
  ]);
});

test.each([
  ['the newest of the sources of its distribution', CLAIR, UPDATES, '2026-11-22T00:00:00Z'],
  ['the newest of all, for an image without a distribution', { ...CLAIR, distributions: {} }, UPDATES, '2026-11-23'],
  [
    'none, while only others have been loaded',
    CLAIR,
    '{"alpine-main-v3.22-updater":[{"date":"2026-11-22"}]}',
    undefined,
  ],
  ['none, while nothing has been loaded', CLAIR, '{}', undefined],
  ['none, where a source has no date', CLAIR, '{"debian/updater":[{"date":"soon"}]}', undefined],
])('Clair: its knowledge is %s', async (_, report, updates, date) => {
  expect((await clair(report, updates)).knowledge).toEqual(date && new Date(date));
});

test('Clair: an image without packages is no error', async () => {
  const empty = { ...CLAIR, packages: null, distributions: null, vulnerabilities: {}, package_vulnerabilities: {} };
  expect((await clair(empty)).findings).toEqual([]);
});

test('Clair: the report of another image is no report', async () => {
  await expect(clair({ ...CLAIR, manifest_hash: `sha256:${'b'.repeat(64)}` })).rejects.toThrow(
    'the report of sha256:b',
  );
});

const scanners: ReadonlyArray<readonly [string, (run: Run) => Scanner]> = [
  ['trivy', (run) => new TrivyScanner('trivy', run)],
  ['grype', (run) => new GrypeScanner('grype', run)],
  ['snyk', (run) => new SnykScanner('snyk', run)],
  ['clairctl', (run) => new ClairScanner('clairctl', run, () => Promise.resolve(UPDATES))],
];

describe.each(scanners)('%s', (name, make) => {
  it.each([
    ['is not installed', { status: -1, absent: true }, 'is not installed'],
    ['takes too long', { status: -1, timedOut: true }, 'did not end within 1 s'],
    ['fails', { status: 3, stderr: 'FATAL: no database' }, 'ended with status 3: FATAL: no database'],
    ['prints nonsense', { status: 0, stdout: 'Welcome!' }, 'printed no JSON: "Welcome!"'],
    ['prints nothing', { status: 0, stdout: '' }, 'printed no JSON'],
    ['prints null', { status: 0, stdout: 'null' }, 'printed no report that can be read'],
    ['prints something else', { status: 0, stdout: '{"SchemaVersion":1}' }, 'printed no report that can be read: '],
  ])('that %s throws', async (_, result, message) => {
    const { run } = answers(result);
    await expect(make(run).scan(TARGET, OPTIONS)).rejects.toThrow(`${name} ${message}`);
  });
});
