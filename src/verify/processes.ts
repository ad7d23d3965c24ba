import { readFileSync } from 'node:fs';
import type { Engine } from './engine';

/** A process of a container. */
export interface ProcessInfo {
  /** Process id as the container counts. */
  readonly pid: number;
  /** Command line, or the title that the process gave itself. */
  readonly command: string;
  /** Fields of /proc/PID/status: `CapEff`, `Seccomp`, `Uid`. */
  readonly status: ReadonlyMap<string, string>;
  /** Proportional share of memory in KiB; undefined where it may not be read. */
  readonly pss?: number;
}

type ProcFile = 'status' | 'cmdline' | 'smaps_rollup';

interface RawProcess {
  readonly status: string;
  readonly cmdline: string;
  readonly smaps_rollup: string;
}

/**
 * The processes of a container, from /proc of the host, which the image cannot forge. Where the engine is on another
 * machine, as with Docker Desktop, PHP in the container reads its own /proc.
 */
export async function listProcesses(engine: Engine, container: string): Promise<ProcessInfo[]> {
  const raw = await ((await isOnThisHost(engine, container))
    ? readOnHost(engine, container)
    : readInside(engine, container));
  return raw.map(parse).filter(({ command }) => command !== '');
}

/** Its first process, as this host sees it, is process 1 of another name space. */
async function isOnThisHost(engine: Engine, container: string): Promise<boolean> {
  const { pid } = await engine.inspect(container);
  return /^NSpid:\t\d+(?:\t\d+)*\t1$/m.test(read(pid, 'status'));
}

async function readOnHost(engine: Engine, container: string): Promise<RawProcess[]> {
  return (await engine.top(container)).map((pid) => ({
    status: read(pid, 'status'),
    cmdline: read(pid, 'cmdline'),
    smaps_rollup: read(pid, 'smaps_rollup'),
  }));
}

/** A process may end, or be another user's, while it is looked at. */
function read(pid: number, file: ProcFile): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

const INSIDE = `
$all = [];
foreach (glob('/proc/[0-9]*', GLOB_ONLYDIR) as $directory) {
    $process = ['status' => '', 'cmdline' => '', 'smaps_rollup' => ''];
    foreach ($process as $file => $_) { $process[$file] = (string) @file_get_contents("$directory/$file"); }
    if (basename($directory) !== (string) getmypid()) { $all[] = $process; }
}
echo json_encode($all, JSON_INVALID_UTF8_SUBSTITUTE);
`;

async function readInside(engine: Engine, container: string): Promise<RawProcess[]> {
  const { stdout } = await engine.exec(container, ['php', '-n', '-r', INSIDE]);
  return JSON.parse(stdout) as RawProcess[];
}

/** A program of another architecture: the emulator, the program's path, and then its own arguments. */
const EMULATOR = /^[^\0]*qemu[^\0]*\0[^\0]*\0/;

function parse({ status, cmdline, smaps_rollup: memory }: RawProcess): ProcessInfo {
  const fields = new Map([...status.matchAll(/^(\w+):\s*(.*)$/gm)].map(([, name, value]) => [name!, value!]));
  const pss = /^Pss:\s+(\d+) kB$/m.exec(memory)?.[1];
  return {
    pid: Number((fields.get('NSpid') ?? fields.get('Pid') ?? '0').split(/\s+/).pop()),
    command: cmdline.replace(EMULATOR, '').replaceAll('\0', ' ').trim(),
    status: fields,
    pss: pss === undefined ? undefined : Number(pss),
  };
}
