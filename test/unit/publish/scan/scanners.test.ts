import type { CommandResult, Run } from '../../../../src/publish/command';
import { ClairScanner } from '../../../../src/publish/scan/clair';
import { GrypeScanner } from '../../../../src/publish/scan/grype';
import type { ScanOptions, Scanner, ScanTarget } from '../../../../src/publish/scan/scanner';
import { SnykScanner } from '../../../../src/publish/scan/snyk';
import { TrivyScanner } from '../../../../src/publish/scan/trivy';

// Nothing but Trivy can be installed here, and Trivy has no database: these reports are written by hand, each in the
// shape of the published test data that is named with it. Beyond that shape the adapters are unverified.

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
  descriptor: {
    name: 'grype',
    version: '[not provided]',
    db: { status: { built: '2026-11-22T00:00:00Z', valid: true } },
  },
};

/** snyk/cli test/fixtures/container-projects, and the fields of `snyk container test --json` */
const SNYK = {
  ok: false,
  vulnerabilities: [
    {
      id: 'SNYK-DEBIAN13-MUSL-1',
      title: 'Out-of-bounds write',
      packageName: 'musl',
      version: '1.1.20',
      severity: 'high',
      nearestFixedInVersion: '1.1.21',
      identifiers: { CVE: ['CVE-2019-14697'], CWE: [] },
    },
    { id: 'SNYK-DEBIAN13-ZLIB-1', packageName: 'zlib', version: '1', severity: 'low' },
  ],
};

/** quay/claircore VulnerabilityReport, as quay/clair cmd/clairctl/jsonformatter.go prints it */
const CLAIR = {
  manifest_hash: `sha256:${'a'.repeat(64)}`,
  packages: { 10: { id: '10', name: 'musl', version: '1.1.20' } },
  vulnerabilities: {
    20: { id: '20', name: 'CVE-2019-14697', normalized_severity: 'Critical', fixed_in_version: '1.1.21' },
    21: { id: '21', name: 'CVE-2019-0002', normalized_severity: 'Negligible', fixed_in_version: '' },
  },
  package_vulnerabilities: { 10: ['20', '21'] },
};

const UPDATES = JSON.stringify({
  debian: [{ date: '2026-11-20T00:00:00Z' }],
  alpine: [{ date: '2026-11-22T00:00:00Z' }],
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
  expect(calls[0]!.args.slice(-3)).toEqual(['--image-src=remote', TARGET.reference, '--exit-code=10']);
});

test('Grype: matches, and the age of its database in both of its forms', async () => {
  const { run } = answers(GRYPE);
  const { findings, knowledge } = await new GrypeScanner('grype', run).scan(TARGET, OPTIONS);
  expect(seen(findings)).toEqual([
    'CVE-1999-0001 LOW package-1 1.1.1 1.2.1, 2.1.3',
    'CVE-1999-0002 CRITICAL package-2 2.2.2 -',
  ]);
  expect(knowledge).toEqual(new Date('2026-11-22T00:00:00Z'));
  const older = answers({ ...GRYPE, descriptor: { name: 'grype', db: { built: '2026-11-21T00:00:00Z' } } });
  const report = await new GrypeScanner('grype', older.run).scan(TARGET, OPTIONS);
  expect(report.knowledge).toEqual(new Date('2026-11-21T00:00:00Z'));
});

test('Grype: a database that is not valid is no knowledge', async () => {
  const db = { status: { built: '2026-11-22T00:00:00Z', valid: false } };
  const { run } = answers({ ...GRYPE, descriptor: { name: 'grype', db } });
  expect((await new GrypeScanner('grype', run).scan(TARGET, OPTIONS)).knowledge).toBeUndefined();
});

test('Snyk: 1 is an answer, 2 is a failure, and an image may have several results', async () => {
  const now = new Date('2026-11-23T00:00:00Z');
  const snyk = (result: object): SnykScanner => new SnykScanner('snyk', answers(result).run, () => now);
  const { findings, knowledge } = await snyk({ status: 1, stdout: JSON.stringify([SNYK, SNYK]) }).scan(TARGET, OPTIONS);
  expect(seen(findings).slice(0, 2)).toEqual([
    'CVE-2019-14697 HIGH musl 1.1.20 1.1.21',
    'SNYK-DEBIAN13-ZLIB-1 LOW zlib 1 -',
  ]);
  expect([findings.length, knowledge]).toEqual([4, now]);
  await expect(
    snyk({ status: 2, stdout: '{"ok":false,"error":"not authenticated"}' }).scan(TARGET, OPTIONS),
  ).rejects.toThrow('snyk ended with status 2');
});

test('Clair: findings by package, and the newest update of its sources', async () => {
  const { run } = answers(CLAIR);
  const { findings, knowledge } = await new ClairScanner('clairctl', run, () => Promise.resolve(UPDATES)).scan(
    TARGET,
    OPTIONS,
  );
  expect(seen(findings)).toEqual(['CVE-2019-14697 CRITICAL musl 1.1.20 1.1.21', 'CVE-2019-0002 LOW musl 1.1.20 -']);
  expect(knowledge).toEqual(new Date('2026-11-22T00:00:00Z'));
});

test('Clair: while its database still loads it reports nothing, and that is no knowledge', async () => {
  const clean = { ...CLAIR, vulnerabilities: {}, package_vulnerabilities: {} };
  const { run } = answers(clean);
  const report = await new ClairScanner('clairctl', run, () => Promise.resolve('{}')).scan(TARGET, OPTIONS);
  expect([report.findings, report.knowledge]).toEqual([[], undefined]);
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
    ['prints something else', { status: 0, stdout: '{"SchemaVersion":1}' }, 'printed no report that can be read'],
  ])('that %s throws', async (_, result, message) => {
    const { run } = answers(result);
    await expect(make(run).scan(TARGET, OPTIONS)).rejects.toThrow(`${name} ${message}`);
  });
});
