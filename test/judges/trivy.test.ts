import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FALSE_ALARMS, withoutFalseAlarms } from './false-alarms';
import { applicationFiles } from './support/applications';
import { variantFiles } from './support/deployments';
import { describeWithJudge } from './support/judge';
import { NpmJudge } from './support/npm-judge';
import { outputFiles } from './support/output';

/** What Trivy found. */
interface Finding {
  readonly id: string;
  readonly severity: string;
  readonly file: string;
  readonly message: string;
}

interface TrivyResult {
  readonly Target: string;
  readonly MisconfSummary?: { readonly Successes: number };
  readonly Misconfigurations?: ReadonlyArray<{
    readonly ID: string;
    readonly Severity: string;
    readonly Message: string;
    readonly Status: string;
  }>;
}

/** What a scan of a directory looked at and found. */
interface Scan {
  readonly status: number | null;
  readonly files: readonly string[];
  readonly findings: readonly Finding[];
}

/** Status that is none of Trivy's own. */
const FOUND = 10;

function scan(directory: string): Scan {
  const { status, stdout, stderr } = spawnSync(
    NpmJudge.trivy.path,
    [
      'config',
      '--quiet',
      '--skip-policy-update',
      '--include-non-failures',
      '--format=json',
      `--exit-code=${FOUND}`,
      directory,
    ],
    { encoding: 'utf8', maxBuffer: 512 << 20 },
  );
  if (status !== 0 && status !== FOUND) {
    throw new Error(`Trivy ended with ${status}: ${stderr}`);
  }
  const results = (JSON.parse(stdout) as { readonly Results?: readonly TrivyResult[] }).Results ?? [];
  return {
    status,
    files: results.map(({ Target }) => Target),
    findings: results.flatMap(({ Target, Misconfigurations = [] }) =>
      Misconfigurations.filter(({ Status }) => Status === 'FAIL').map(({ ID, Severity, Message }) => ({
        id: ID,
        severity: Severity,
        file: Target,
        message: Message,
      })),
    ),
  };
}

/**
 * A flag of HEALTHCHECK that this Trivy's parser does not know: it passes over such a Dockerfile without a word. So it
 * is given the same Dockerfile without it.
 */
const UNKNOWN_FLAG = / --start-interval=\d+ms/;

/** Scans texts, by their paths, in a directory of the test's own. */
function scanTexts(texts: Iterable<readonly [path: string, text: string]>): Scan {
  const directory = mkdtempSync(join(tmpdir(), 'trivy-'));
  try {
    for (const [path, text] of texts) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    return scan(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

jest.setTimeout(180_000);

/** What Trivy judges of an output: Dockerfiles, as it can read them, and what runs them. */
function subjects(files: Iterable<readonly [path: string, text: string]>): Array<[path: string, text: string]> {
  return [...files]
    .filter(([path]) => /(?:^|\/)(?:Dockerfile|k[^/]*\.yaml)$/.test(path))
    .map(([path, text]) => [path, path.endsWith('Dockerfile') ? text.replace(UNKNOWN_FLAG, '') : text]);
}

/** Files that are wrong, or that show what Trivy cannot judge; scanned at once, since each run takes seconds. */
const SPECIMENS: ReadonlyArray<readonly [path: string, text: string]> = [
  ['wrong/Dockerfile', 'FROM debian:latest\nRUN sudo apt-get install curl\nADD x /x\n'],
  [
    'wrong/pod.yaml',
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\nspec:\n  hostPID: true\n  containers:\n    - name: x\n      image: x\n',
  ],
  ['namespace.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n'],
  ['unread/Dockerfile', outputFiles(/\/Dockerfile$/)[0]![1]],
];

describeWithJudge('Trivy', NpmJudge.trivy.lacks, () => {
  const judged = subjects([...outputFiles(/./), ...variantFiles(), ...applicationFiles(/./)]);
  let output: Scan;
  let specimens: Scan;

  beforeAll(() => {
    output = scanTexts(judged);
    specimens = scanTexts(SPECIMENS);
  });

  const found = (path: string) => specimens.findings.filter(({ file }) => file === path).map(({ id }) => id);

  it('looks at every Dockerfile and every kubernetes.yaml, also of images with TLS, without volumes, with other accounts', () => {
    const expected = judged.map(([path]) => path).filter((path) => !path.endsWith('kustomization.yaml'));
    expect(expected.length).toBeGreaterThan(60);
    expect(output.files).toEqual(expect.arrayContaining(expected));
  });

  it('finds nothing in them, at any severity', () => {
    expect(withoutFalseAlarms('trivy', output.findings)).toEqual([]);
  });

  it('still raises each listed false alarm', () => {
    const ids = new Set(output.findings.map(({ id }) => id));
    const silent = FALSE_ALARMS.filter(({ judge, id }) => judge === 'trivy' && !ids.has(id));
    expect(silent).toEqual([]);
  });

  it('raises KSV116 about an object that has no group at all, which shows that it is false', () => {
    expect(found('namespace.yaml')).toEqual(['KSV116']);
  });

  it('raises DS005 about downloads alone, which COPY, its advice, cannot do', () => {
    const about = output.findings.filter(({ id }) => id === 'DS005').map(({ message }) => message);
    expect(about.filter((message) => !message.includes("'ADD https://"))).toEqual([]);
  });

  it('still reads no Dockerfile with --start-interval, which is why it is given them without', () => {
    expect(SPECIMENS.find(([path]) => path === 'unread/Dockerfile')![1]).toMatch(UNKNOWN_FLAG);
    expect(specimens.files).not.toContain('unread/Dockerfile');
  });

  it('finds much in files that are wrong', () => {
    expect(specimens.status).toBe(FOUND);
    expect(found('wrong/Dockerfile')).toEqual(expect.arrayContaining(['DS001', 'DS002']));
    expect(found('wrong/pod.yaml').length).toBeGreaterThan(15);
  });
});
