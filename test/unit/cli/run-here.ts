import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../../src/cli/run-cli';

/** This package, as a module of images.js. */
export const SOURCE = join(__dirname, '../../../src');

/** An images.js with one image, `shop`, of one architecture. */
export const SHOP = `const { ImageConstruct } = require(${JSON.stringify(SOURCE)});
module.exports = (app) => { new ImageConstruct(app, 'shop', { php: '8.4', platform: 'debian', architectures: ['amd64'] }); };
`;

/** What a command line came to. */
export interface Transcript {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, and catches what it prints. */
export async function runHere(...args: readonly string[]): Promise<Transcript> {
  const said = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    jest.spyOn(process[stream], 'write').mockImplementation((chunk: string | Uint8Array) => {
      said[stream] += String(chunk);
      return true;
    }),
  );
  try {
    return { status: await runCli(args), ...said };
  } finally {
    spies.forEach((spy) => spy.mockRestore());
  }
}

/** Runs tests in an empty folder. */
export function inEmptyFolder(): void {
  const home = process.cwd();
  let folder: string;
  beforeEach(() => process.chdir((folder = mkdtempSync(join(tmpdir(), 'cli-test-')))));
  afterEach(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true, force: true });
  });
}
