import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';

interface Step {
  readonly name: string;
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly steps: readonly Step[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Values of `${{ }}` by their text. */
export type Expressions = Readonly<Record<string, string>>;

/**
 * Runs the steps of a job of a workflow as they stand in its file, in a clone of the repository. Of the actions it does
 * what the checkout and the artifacts do; what the others install is on this machine already.
 */
export class WorkflowRun {
  /** What was run, by name. */
  readonly ran: string[] = [];

  private readonly directory = mkdtempSync(join(tmpdir(), 'workflow-'));
  private readonly jobs: Readonly<Record<string, Job>>;

  constructor(
    private readonly repository: string,
    file: string,
    private readonly expressions: Expressions,
  ) {
    const text = readFileSync(join(repository, file), 'utf8');
    this.jobs = (parse(text) as { readonly jobs: Readonly<Record<string, Job>> }).jobs;
  }

  /**
   * Runs a job; gives its outputs of steps, `id.name`.
   *
   * @param expressions what this run of the job has beside the others: its place in the matrix
   */
  run(name: string, expressions: Expressions = {}): Expressions {
    const all = { ...this.expressions, ...expressions };
    const workspace = mkdtempSync(join(this.directory, `${name}-`));
    const job = this.jobs[name]!;
    const outputs = job.steps.map((step) => this.step(step, { job, workspace, all }));
    return Object.assign({}, ...outputs) as Expressions;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private step(step: Step, { job, workspace, all }: { job: Job; workspace: string; all: Expressions }): Expressions {
    this.ran.push(step.name);
    if (step.uses !== undefined) {
      this.act(step, workspace, all);
      return {};
    }
    const output = join(this.directory, 'github-output');
    writeFileSync(output, '');
    const environment = fill({ ...job.env, ...step.env }, all);
    // As the runner of GitHub calls a step with `shell: bash`.
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run!],
      {
        cwd: workspace,
        encoding: 'utf8',
        maxBuffer: 64 << 20,
        env: { ...withoutCredentials(process.env), CI: 'true', ...environment, GITHUB_OUTPUT: output },
      },
    );
    if (status !== 0) {
      throw new Error(`${step.name} ended with status ${status}:\n${stdout}\n${stderr}`);
    }
    const lines = readFileSync(output, 'utf8').trim().split('\n').filter(Boolean);
    return Object.fromEntries(
      lines.map((line) => [`${step.id}.${line.split('=')[0]}`, line.slice(line.indexOf('=') + 1)]),
    );
  }

  private act(step: Step, workspace: string, all: Expressions): void {
    const [action = ''] = step.uses!.split('@');
    const inputs = fill(step.with ?? {}, all);
    const artifacts = join(this.directory, 'artifacts');
    if (action === 'actions/checkout') {
      spawnSync('git', ['clone', '--quiet', this.repository, workspace]);
    } else if (action === 'actions/upload-artifact') {
      const from = join(workspace, dirname(inputs.path!) === '.' ? inputs.path! : dirname(inputs.path!));
      mkdirSync(artifacts, { recursive: true });
      cpSync(from, join(artifacts, inputs.name!), { recursive: true });
    } else if (action === 'actions/download-artifact') {
      cpSync(join(artifacts), join(workspace, inputs.path!), { recursive: true });
      mergeInto(join(workspace, inputs.path!));
    }
  }
}

/** `merge-multiple`: the files of every artifact in one directory. */
function mergeInto(directory: string): void {
  const script = 'for d in */; do mv "$d"/* .; rmdir "$d"; done';
  if (existsSync(directory)) {
    spawnSync('bash', ['-euc', script], { cwd: directory });
  }
}

function fill(values: Readonly<Record<string, unknown>>, expressions: Expressions): Record<string, string> {
  const entries = Object.entries(values).map(([name, value]) => {
    const text = String(value).replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
      if (!Object.hasOwn(expressions, expression)) {
        throw new Error(`the test says nothing of \${{ ${expression} }}`);
      }
      return expressions[expression]!;
    });
    return [name, text];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}

function withoutCredentials(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^(GITHUB|REGISTRY|COSIGN|JEST)_/.test(name)),
  );
}
