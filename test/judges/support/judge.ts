import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The user as which judges run, as a container would. */
const UID = 10_001;

const STATE = process.env.TESTBED_STATE ?? '/var/tmp/projen-nginx-php-testbed';

/** What a judge said. */
export interface Verdict {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A root file system with programs that judge: this machine's own, or one that .ci/trixie-judge made. */
export class Judge {
  static readonly host = new Judge('this machine', '/', '.ci/testbed (Debian 12, as root)');
  static readonly trixie = new Judge('Debian trixie', join(STATE, 'trixie-judge'), '.ci/trixie-judge (as root)');
  static readonly forky = new Judge('Debian forky', join(STATE, 'forky-judge'), '.ci/trixie-judge (as root)');
  static readonly all = [Judge.host, Judge.trixie, Judge.forky];

  private constructor(
    readonly name: string,
    private readonly root: string,
    private readonly maker: string,
  ) {}

  /** Why a program cannot be run here; undefined where it can. */
  lacks(program: string): string | undefined {
    if (!existsSync(join(this.root, program))) {
      return `${program} of ${this.name} is not installed: run ${this.maker}`;
    }
    return this.root !== '/' && process.getuid?.() !== 0 ? `chroot into ${this.root} needs root` : undefined;
  }

  /** Whether a file is in the root file system. */
  has(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  /** Version of a program, from the first `1.2.3` that it prints; undefined where it is not installed. */
  version(program: string): string | undefined {
    if (this.lacks(program) !== undefined) {
      return undefined;
    }
    const { stdout, stderr } = this.run(program, ['-v']);
    return /\d+\.\d+\.\d+/.exec(stdout + stderr)?.[0];
  }

  /** Runs a program as a user without privileges, in an environment without locale or settings of the caller. */
  run(program: string, args: readonly string[], input = ''): Verdict {
    const command = [program, ...args];
    const full =
      process.getuid?.() === 0 ? ['chroot', `--userspec=${UID}:${UID}`, '--groups=', this.root, ...command] : command;
    const { status, stdout, stderr, error } = spawnSync(full[0]!, full.slice(1), {
      encoding: 'utf8',
      input,
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/execline/bin', LC_ALL: 'C' },
      maxBuffer: 64 << 20,
      timeout: 60_000,
    });
    if (error) {
      throw error;
    }
    return { status, stdout, stderr };
  }

  /** Gives the judge a directory of files, and takes it away afterwards. `directory` is its path for the judge. */
  withFiles<T>(
    files: (directory: string) => Iterable<readonly [path: string, text: string]>,
    judge: (directory: string) => T,
  ): T {
    const outside = mkdtempSync(join(this.root === '/' ? tmpdir() : join(this.root, 'judge'), 'judge-'));
    const directory = this.root === '/' ? outside : outside.slice(this.root.length);
    try {
      for (const [path, text] of files(directory)) {
        const target = join(outside, path);
        mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
        writeFileSync(target, text, { mode: 0o755 });
      }
      if (process.getuid?.() === 0) {
        chownSync(outside, UID, UID);
      }
      chmodSync(outside, 0o755);
      return judge(directory);
    } finally {
      rmSync(outside, { recursive: true, force: true });
    }
  }
}

/**
 * `describe` where there is a judge. Without one the tests are skipped, and say why; where REQUIRE_ENGINE=1 asks for
 * every judge, as CI does, they fail.
 */
export function describeWithJudge(title: string, reason: string | undefined, tests: () => void): void {
  if (reason === undefined) {
    describe(title, tests);
    return;
  }
  if (process.env.REQUIRE_ENGINE === '1') {
    it(`${title}: the judge is required`, () => {
      throw new Error(reason);
    });
    return;
  }
  process.stderr.write(`skipped: ${title}: ${reason}\n`);
  const skipped = it.skip;
  skipped(`${title}: ${reason}`, () => undefined);
}

/** Compares versions of numbers and dots. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let index = 0; index < Math.max(left!.length, right!.length); index += 1) {
    const difference = (left![index] ?? 0) - (right![index] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}
