import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Runs a program and gives what it prints. */
export function run(program: string, ...args: string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', maxBuffer: 256 << 20, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Bytes of all files of an image, unpacked. */
export function unpackedSize(image: string): number {
  const container = run('docker', 'create', image, 'none').trim();
  try {
    const sizes = run('sh', '-c', `docker export ${container} | tar -tvf - | awk '{ sum += $3 } END { print sum }'`);
    return Number(sizes);
  } finally {
    run('docker', 'rm', container);
  }
}

/** A container of the benchmark, on the host's network so that no proxy is measured. */
export class Container {
  constructor(
    readonly name: string,
    private readonly image: string,
    private readonly flags: readonly string[],
    readonly port: number,
  ) {}

  start(): void {
    this.remove();
    run('docker', 'run', '--detach', `--name=${this.name}`, '--log-driver=json-file', ...this.flags, this.image);
  }

  /** Starts it and gives the seconds until it answers 200. */
  async timeToServe(path: string): Promise<number> {
    this.remove();
    const begin = performance.now();
    this.start();
    await this.served(path, 20_000);
    return (performance.now() - begin) / 1000;
  }

  /** Waits until it answers 200. */
  async served(path: string, patience: number): Promise<void> {
    const end = performance.now() + patience;
    while (performance.now() < end) {
      const status = await fetch(this.url(path), { signal: AbortSignal.timeout(1000) }).then(
        async (response) => (await response.text(), response.status),
        () => 0,
      );
      if (status === 200) {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    throw new Error(`${this.name} did not answer ${path}:\n${spawnSync('docker', ['logs', this.name]).stderr}`);
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  /** Process numbers on the host, with their command lines. */
  processes(): Array<{ pid: number; command: string }> {
    return run('docker', 'top', this.name, '-eo', 'pid,args')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => /^\s*(\d+)\s+(.*)$/.exec(line)!)
      .map(([, pid, command]) => ({ pid: Number(pid), command: command! }));
  }

  /** Proportional set size of all processes, in kilobytes. */
  memory(): number {
    return this.processes()
      .map(({ pid }) => /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))![1])
      .reduce((sum, size) => sum + Number(size), 0);
  }

  /**
   * Kilobytes that its control group holds and no file could give back: anonymous and shared memory. Unlike PSS it
   * counts what no process has mapped, as what a parent left that ended after a fork.
   */
  heldMemory(): number {
    const { pid } = this.processes()[0]!;
    const groups = readFileSync(`/proc/${pid}/cgroup`, 'utf8');
    const old = /^\d+:memory:(.+)$/m.exec(groups);
    const directory = old ? `/sys/fs/cgroup/memory${old[1]}` : `/sys/fs/cgroup${/^0::(.+)$/m.exec(groups)![1]}`;
    const held = old ? /^total_(?:rss|shmem) (\d+)$/gm : /^(?:anon|shmem) (\d+)$/gm;
    const sizes = [...readFileSync(`${directory}/memory.stat`, 'utf8').matchAll(held)].map(([, size]) => Number(size));
    return sizes.reduce((sum, size) => sum + size, 0) / 1024;
  }

  /** Requests a second that wrk sees. */
  throughput(path: string, seconds: number): number {
    const printed = run('wrk', '-t1', '-c8', `-d${seconds}s`, this.url(path));
    return Number(/Requests\/sec:\s+([\d.]+)/.exec(printed)![1]);
  }

  remove(): void {
    spawnSync('docker', ['rm', '--force', '--volumes', this.name]);
  }
}

/** The middle one. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
