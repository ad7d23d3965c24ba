import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { Run } from '../../../../src/publish/command';
import { ClairScanner } from '../../../../src/publish/scan/clair';
import { GrypeScanner } from '../../../../src/publish/scan/grype';
import type { Scanner, ScanReport } from '../../../../src/publish/scan/scanner';
import { SnykScanner } from '../../../../src/publish/scan/snyk';
import { TrivyScanner } from '../../../../src/publish/scan/trivy';
import { skip } from '../../../e2e/engine';

/**
 * A directory with checkouts of the scanners' own repositories, as `anchore/grype`. Their test data is not copied into
 * this repository, so these tests run where a person gives one; docs/verification.md says which commits were read.
 */
const DIRECTORY = process.env.SCANNER_TEST_DATA;

/** Where reports are, how many findings each has, and the first of them. */
type Expected = readonly [file: string, count: number, first: string | undefined];

/** And the date of the database. */
const GRYPE: ReadonlyArray<readonly [...Expected, built: string | undefined]> = [
  [
    'json/testdata/snapshot/TestJsonImgsPresenter.golden',
    2,
    'CVE-1999-0001 LOW package-1 1.1.1 1.2.1, 2.1.3, 3.4.0',
    undefined,
  ],
  [
    'json/testdata/snapshot/TestJsonDirsPresenter.golden',
    2,
    'CVE-1999-0001 LOW package-1 1.1.1 1.2.1, 2.1.3, 3.4.0',
    undefined,
  ],
  ['json/testdata/snapshot/TestEmptyJsonPresenter.golden', 0, undefined, undefined],
  [
    'explain/testdata/chainguard-ruby-test.json',
    3,
    'CVE-2023-28755 HIGH ruby-3.0 3.0.4-r1 3.0.6-r0',
    '2023-05-17T01:32:43Z',
  ],
  ['explain/testdata/ghsa-test.json', 2, 'GHSA-cfh5-3ghh-wfjx MEDIUM httpclient 4.1.1 4.3.5', '2023-08-31T01:24:19Z'],
  ['explain/testdata/keycloak-test.json', 6, 'CVE-2020-12413 LOW nspr 4.34.0-17.el9_1 -', '2023-09-01T01:26:55Z'],
];

const BUSYBOX = 'CVE-2021-28831 HIGH busybox 1.31.1-r21 1.32.1-r4';
const MUSL = 'CVE-2020-28928 LOW musl 1.1.24-r9 1.1.24-r10';

/** Of the distribution and of its applications, grouped and not, and with what a .snyk file leaves out. */
const SNYK: readonly Expected[] = [
  ['cli/test/fixtures/basic-apk/resultJsonDataGrouped.json', 1, MUSL],
  ['cli/test/fixtures/basic-apk/mappedResults.json', 1, MUSL],
  ['cli/test/fixtures/container-app-vulns/resultJsonDataGrouped.json', 8, BUSYBOX],
  ['cli/test/fixtures/container-app-vulns/resultJsonDataNonGrouped.json', 8, BUSYBOX],
  ['cli/test/fixtures/container-app-vulns/mappedResults.json', 8, BUSYBOX],
  [
    'cli/test/acceptance/workspaces/ruby-app-policy/test-result-cloud-ignore.json',
    6,
    'CVE-2014-5002 MEDIUM lynx 0.4.0 -',
  ],
  [
    'snyk-to-html/test/fixtures/test-report-container-with-app-vulns.json',
    2,
    'CVE-2022-37434 CRITICAL zlib 1:1.2.11.dfsg-1+deb10u1 -',
  ],
  [
    'snyk-to-html/test/fixtures/multi-test-report.json',
    94,
    'CVE-2015-7501 HIGH commons-collections:commons-collections 3.2.1 -',
  ],
  ['snyk-to-html/test/fixtures/no-vulns.json', 0, undefined],
];

const TRIVY: readonly Expected[] = [
  ['alpine-39-high-critical', 2, 'CVE-2019-14697 CRITICAL musl 1.1.20-r4 1.1.20-r5'],
  ['debian-buster', 2, 'CVE-2019-18276 LOW bash 5.0-4 -'],
  ['ubuntu-1804', 5, 'CVE-2019-18276 LOW bash 4.4.18-2ubuntu1.2 -'],
  ['composer.vendor', 1, 'CVE-2022-24775 HIGH guzzlehttp/psr7 1.8.3 1.8.4'],
  ['secrets', 2, 'aws-access-key-id CRITICAL deploy.sh - an image without it'],
];

function path(...parts: string[]): string {
  return join(DIRECTORY!, ...parts);
}

function json(...parts: string[]): Record<string, unknown> {
  return JSON.parse(readFileSync(path(...parts), 'utf8')) as Record<string, unknown>;
}

/** What a scanner makes of the answers of its program, in turn. */
function read(make: (run: Run) => Scanner, digest: string, ...answers: string[]): Promise<ScanReport> {
  const run: Run = () => Promise.resolve({ status: 0, stdout: answers.shift() ?? '', stderr: '' });
  const target = { reference: `registry.example.com/web@${digest}`, platform: 'linux/amd64', insecure: false };
  return make(run).scan(target, { environment: { CLAIR_API: 'https://clair.example.com' }, timeout: 1000 });
}

function shown({ findings }: ScanReport): string[] {
  return findings.map(({ id, severity, where, version = '-', fixedIn = '-' }) =>
    [id, severity, where, version, fixedIn].join(' '),
  );
}

function describeWithData(scanner: string, repositories: readonly string[], tests: () => void): void {
  const title = `${scanner}, given its own published test data`;
  if (DIRECTORY === undefined) {
    skip(title, 'SCANNER_TEST_DATA names no directory with checkouts of the scanners', tests);
  } else if (repositories.every((name) => existsSync(path(name)))) {
    describe(title, tests);
  } else {
    skip(title, `SCANNER_TEST_DATA lacks ${repositories.join(' and ')}`, tests);
  }
}

describeWithData('Grype', ['anchore/grype'], () => {
  it.each(GRYPE)('reads %s', async (file, count, first, built) => {
    const text = readFileSync(path('anchore/grype/grype/presenter', file), 'utf8');
    const report = await read((run) => new GrypeScanner('grype', run), 'sha256:0', text);
    expect([report.findings.length, shown(report)[0]]).toEqual([count, first]);
    expect(report.knowledge).toEqual(built && new Date(built));
  });
});

describeWithData('Snyk', ['snyk/cli', 'snyk/snyk-to-html'], () => {
  it.each(SNYK)('reads %s', async (file, count, first) => {
    const text = readFileSync(path('snyk', file), 'utf8');
    const report = await read((run) => new SnykScanner('snyk', run), 'sha256:0', text);
    expect([report.findings.length, shown(report)[0]]).toEqual([count, first]);
  });
});

describeWithData('Trivy', ['aquasecurity/trivy'], () => {
  it.each(TRIVY)('reads %s', async (name, count, first) => {
    const text = readFileSync(path('aquasecurity/trivy/integration/testdata', `${name}.json.golden`), 'utf8');
    const report = await read((run) => new TrivyScanner('trivy', run), 'sha256:0', text, '{}');
    expect([report.findings.length, shown(report)[0]]).toEqual([count, first]);
  });
});

// Clair publishes no whole report, but the schemas of its API and an example of each part: this one is made of those. The
// examples are older than the schemas, in the names of some fields that are not read here.
describeWithData('Clair', ['quay/clair'], () => {
  const TYPES = 'quay/clair/httptransport/types/v1';
  const EXAMPLES = 'quay/clair/httptransport/api/v1/examples';

  function validate(schema: string, value: unknown): object[] {
    const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
    readdirSync(path(TYPES))
      .filter((file) => file.endsWith('.json'))
      .forEach((file) => ajv.addSchema(json(TYPES, file)));
    const check = ajv.getSchema(`https://clairproject.org/api/http/v1/${schema}.schema.json`)!;
    void check(value);
    return [...(check.errors ?? [])];
  }

  it('reads what its schemas describe', async () => {
    // GIVEN
    const digest = readFileSync(path(EXAMPLES, 'digest.json'), 'utf8').split('\n')[0]!;
    const { id, name, version } = json(EXAMPLES, 'package.json');
    const { package: _, dist, repo: __, ...vulnerability } = json(EXAMPLES, 'vulnerability.json');
    const report = {
      manifest_hash: JSON.parse(digest) as string,
      packages: { 10: { id, name, version } },
      distributions: { 1: json(EXAMPLES, 'distribution.json') },
      environments: { 10: [json(EXAMPLES, 'environment.json').value] },
      vulnerabilities: { 356835: { ...vulnerability, distribution: dist } },
      package_vulnerabilities: { 10: ['356835'] },
    };
    const operation = { ref: '0', updater: 'ubuntu/updater/bionic', fingerprint: '"0"', kind: 'vulnerability' };
    const updates = { 'ubuntu/updater/bionic': [{ ...operation, date: '2026-11-22T00:00:00Z' }] };
    // WHEN
    const make = (run: Run): Scanner =>
      new ClairScanner('clairctl', run, () => Promise.resolve(JSON.stringify(updates)));
    const seen = await read(make, report.manifest_hash, JSON.stringify(report));
    // THEN
    expect(validate('vulnerability_report', report)).toEqual([]);
    expect(validate('update_operations', updates)).toEqual([]);
    expect(shown(seen)).toEqual(['CVE-2009-5155 LOW libapt-pkg5.0 1.6.11 2.28-0ubuntu1']);
    expect(seen.knowledge).toEqual(new Date('2026-11-22T00:00:00Z'));
  });
});
