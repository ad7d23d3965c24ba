import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FALSE_ALARMS, withoutFalseAlarms } from './false-alarms';
import { applicationFiles } from './support/applications';
import { describeWithJudge } from './support/judge';
import { NpmJudge } from './support/npm-judge';
import { distinct, outputFiles } from './support/output';

/** What dockerlinter, or ShellCheck called by it, found. */
interface Finding {
  readonly id: string;
  readonly level: string;
  readonly line: number;
  readonly message: string;
}

/** Levels above `info`. */
const SERIOUS = ['warning', 'error'];

const dockerfiles = distinct([...outputFiles(/\/Dockerfile$/), ...applicationFiles(/\/Dockerfile$/)]);

/** Codes for versions that are not pinned: the archives keep only the newest, and packages come from them live. */
const LIVE_PACKAGES = ['ER0012', 'ER0015', 'DL3008', 'DL3018'];

function lacks(): string | undefined {
  const missing = spawnSync('shellcheck', ['--version']).status === 0 ? undefined : 'shellcheck is not installed';
  return NpmJudge.dockerlinter.lacks ?? missing;
}

/** Lints a Dockerfile. dockerlinter writes files where it runs, so that is a directory of its own. */
function lint(text: string): Finding[] {
  const directory = mkdtempSync(join(tmpdir(), 'dockerlinter-'));
  try {
    writeFileSync(join(directory, 'Dockerfile'), text);
    const args = [NpmJudge.dockerlinter.path, '--error', '--json', '--file', 'Dockerfile'];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: directory, encoding: 'utf8' });
    if (!stdout.startsWith('[')) {
      throw new Error(`dockerlinter gave no answer: ${stdout}${stderr}`);
    }
    const found = JSON.parse(stdout) as Array<{ code: string; level: string; lineNumber: number; message: string }>;
    return found.map(({ code, level, lineNumber, message }) => ({ id: code, level, line: lineNumber, message }));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

jest.setTimeout(180_000);

describeWithJudge('dockerlinter with ShellCheck', lacks(), () => {
  let found: ReadonlyArray<{ readonly place: string; readonly text: string; readonly findings: readonly Finding[] }>;

  beforeAll(() => {
    found = dockerfiles.map(({ places, text }) => ({ place: places[0]!, text, findings: lint(text) }));
  });

  it('finds nothing above info in any Dockerfile of output/', () => {
    const serious = found.flatMap(({ place, findings }) =>
      withoutFalseAlarms('dockerlinter', findings)
        .filter(({ id, level }) => SERIOUS.includes(level) && !LIVE_PACKAGES.includes(id))
        .map((finding) => ({ place, ...finding })),
    );
    expect(found.length).toBeGreaterThan(40);
    expect(serious).toEqual([]);
  });

  it('raises each listed false alarm, and only where it is one', () => {
    for (const { id } of FALSE_ALARMS.filter(({ judge }) => judge === 'dockerlinter')) {
      const lines = found.flatMap(({ text, findings }) =>
        findings.filter((finding) => finding.id === id).map(({ line }) => text.split('\n')[line - 1]!),
      );
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.filter((line) => !line.startsWith('RUN --mount='))).toEqual([]);
    }
  });

  it('reports that live packages are not pinned, which is known and said by a rule of our own', () => {
    const ids = new Set(found.flatMap(({ findings }) => findings.map(({ id }) => id)));
    expect([...ids].filter((id) => LIVE_PACKAGES.includes(id)).length).toBeGreaterThan(0);
  });

  it('finds what is wrong in a Dockerfile, and in a script in it', () => {
    const ids = lint('FROM debian\nRUN cd /x && echo $1 && sudo rm *\nMAINTAINER me\n').map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['SC2086']));
    expect(ids.length).toBeGreaterThan(3);
  });
});
