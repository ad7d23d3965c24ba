import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stryker } from '@stryker-mutator/core';
import { build } from 'esbuild';
import { fingerprintOf } from './mutation/fingerprint';
import { ROOMS, type Room } from './mutation/room';
import { writeSummary } from './mutation/summary';

const ROOT = join(__dirname, '..');

/** Where results are kept, with what they depend on: a run that was stopped goes on with the next room. Not committed. */
const RESULTS = join(ROOT, '.cache/mutation');

/** Both are loaded in processes of Stryker's own, which know no TypeScript. */
const PLUGIN = join(RESULTS, 'ignore-messages.mjs');
const ENVIRONMENT = join(RESULTS, 'stop-at-first-failure.cjs');

type Options = ConstructorParameters<typeof Stryker>[0];

function optionsFor({ name, sources, except = [] }: Room): Options {
  return {
    packageManager: 'npm',
    mutate: [...sources.map((files) => `src/${files}`), ...except.map((files) => `!src/${files}`)],
    ignorePatterns: [
      '/output/*/**',
      // Tests of the rules read these.
      '!/output/nginx-php-fpm-*/**',
      '/lib',
      '/docs',
      '/examples',
      '/.git',
      '/.cache',
      '/.ci',
      '/test-reports',
      '/mutation',
    ],
    testRunner: 'jest',
    plugins: ['@stryker-mutator/jest-runner', PLUGIN],
    ignorers: ['messages'],
    buildCommand: `tsx scripts/mutation/bundle.ts ${name}`,
    jest: {
      projectType: 'custom',
      enableFindRelatedTests: false,
      config: {
        roots: ['<rootDir>/mutation'],
        testMatch: ['**/*.test.js'],
        transform: {},
        testEnvironment: ENVIRONMENT,
        testTimeout: 120_000,
      },
    },
    coverageAnalysis: 'perTest',
    ignoreStatic: process.env.STATIC !== '1',
    // Written, and not read: Stryker does not know the tests again, which are bundled.
    incremental: true,
    incrementalFile: resultsOf(name),
    force: true,
    concurrency: Number(process.env.CONCURRENCY ?? 1),
    // A loaded machine is slow, and not every slow test is an endless one.
    timeoutMS: Number(process.env.TIMEOUT ?? 20_000),
    timeoutFactor: 4,
    dryRunTimeoutMinutes: 15,
    tempDirName: join('.cache/mutation', name),
    reporters: ['clear-text', 'progress-append-only'],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
    allowEmpty: false,
    disableTypeChecks: 'src/**/*.ts',
    warnings: false,
  };
}

async function compile(module: string, outfile: string, format: 'esm' | 'cjs'): Promise<void> {
  await build({ entryPoints: [join(ROOT, 'scripts/mutation', `${module}.ts`)], outfile, format, platform: 'node' });
}

async function main(names: readonly string[]): Promise<void> {
  await compile('ignore-messages', PLUGIN, 'esm');
  await compile('stop-at-first-failure', ENVIRONMENT, 'cjs');
  const { Stryker: Run } = await import('@stryker-mutator/core');
  const wanted = ROOMS.filter(({ name }) => names.length === 0 || names.includes(name));
  for (const room of wanted) {
    const done = join(RESULTS, `${room.name}.sha256`);
    const fingerprint = fingerprintOf(ROOT, room);
    if (process.env.FORCE !== '1' && existsSync(done) && readFileSync(done, 'utf8') === fingerprint) {
      process.stdout.write(`${room.name}: as it was\n`);
      continue;
    }
    await new Run(optionsFor(room)).runMutationTest();
    writeSummary(join(ROOT, 'docs/mutation.md'), resultsOf(room.name), room);
    writeFileSync(done, fingerprint);
  }
}

function resultsOf(name: string): string {
  return join(RESULTS, `${name}.json`);
}

void main(process.argv.slice(2));
