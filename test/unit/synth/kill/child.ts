/**
 * Synthesizes a tree (JSON, argv[3]) into a directory (argv[2]). Says `ready` before, and in the end how many
 * operations on the file system it took. argv[4] is one of
 *
 * - the number of an operation: it kills itself without warning before that, or in the middle of it where it writes
 * - `wait`: it renders, and writes when its standard input ends
 * - `as=NUMBER`: it renders, and writes as that user
 */
import { constants, readFileSync, writeSync } from 'node:fs';
import type * as Trees from './loaded';

const [, , outdir = '', tree = '{}', moment = '0'] = process.argv;

type Operation = (...args: unknown[]) => unknown;

/** Everything that changes a file system, and waits for it. */
const CHANGES =
  /^(?:open|write|append|rename|unlink|link|symlink|rm|mkdir|fsync|fdatasync|f?chmod|f?truncate|copy|cp).*Sync$/;

/** To open a file for reading changes nothing. */
const isReading = (name: string, flags: unknown) =>
  name === 'openSync' && (flags === 'r' || flags === constants.O_RDONLY);

let operations = 0;

/** Loaded modules see what is put here: they take each function when they call it. */
const fileSystem = process.getBuiltinModule('node:fs') as unknown as Record<string, Operation>;
for (const name of Object.keys(fileSystem).filter((key) => CHANGES.test(key))) {
  const operate = fileSystem[name]!;
  fileSystem[name] = (...args) => {
    operations += isReading(name, args[1]) ? 0 : 1;
    if (operations === Number(moment)) {
      if (name === 'writeSync' && Buffer.isBuffer(args[1])) {
        operate(args[0], args[1].subarray(0, args[1].length >> 1));
      }
      if (name === 'writeFileSync' && typeof args[1] === 'string') {
        operate(args[0], args[1].slice(0, args[1].length >> 1), args[2]);
      }
      process.kill(process.pid, 'SIGKILL');
    }
    return operate(...args);
  };
}

// eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when operations are counted already
const { appOf, assemble, DockerfileGeneratorError, writeOutput } = require('./loaded') as typeof Trees;

const app = appOf(JSON.parse(tree) as Trees.Tree, outdir);

/** Rendered now, written later. */
function prepare(): () => void {
  const { manifest, files } = assemble(app);
  return () => writeOutput(outdir, manifest, files, false);
}

const write = /^\d+$/.test(moment) ? () => app.synth() : prepare();
writeSync(1, 'ready\n');
if (moment === 'wait') {
  readFileSync(0);
}
const [, user] = moment.split('as=');
if (user !== undefined) {
  process.setgroups!([]);
  process.setgid!(Number(user));
  process.setuid!(Number(user));
}
operations = 0;
try {
  write();
  writeSync(1, `${operations}\n`);
} catch (error) {
  writeSync(2, `${(error as Error).message}\n`);
  process.exitCode = error instanceof DockerfileGeneratorError ? error.exitStatus : 70;
}
