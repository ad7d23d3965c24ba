import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stryker } from '@stryker-mutator/core';
import { build } from 'esbuild';
import { ROOMS, type Room } from './mutation/room';
import { writeSummary } from './mutation/summary';

const ROOT = join(__dirname, '..');

/** Where results are kept: a run that was stopped goes on where it was. Not committed. */
const RESULTS = join(ROOT, '.cache/mutation');

/** Both are loaded in processes of Stryker's own, which know no TypeScript. */
const PLUGIN = join(RESULTS, 'ignore-messages.mjs');
const ENVIRONMENT = join(RESULTS, 'stop-at-first-failure.cjs');

type Options = ConstructorParameters<typeof Stryker>[0];

function optionsFor({ name, sources }: Room): Options {
  return {
    packageManager: 'npm',
    mutate: sources.map((files) => `src/${files}`),
    ignorePatterns: [
      '/output/*/**',
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
    incremental: true,
    incrementalFile: join(RESULTS, `${name}.json`),
    force: process.env.FORCE === '1',
    concurrency: Number(process.env.CONCURRENCY ?? 1),
    // A loaded machine is slow, and not every slow test is an endless one.
    timeoutMS: 20_000,
    timeoutFactor: 4,
    dryRunTimeoutMinutes: 15,
    // Not below this directory, where jest would find every package.json of it twice.
    tempDirName: join(tmpdir(), 'mutation', name),
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
  for (const room of ROOMS.filter(({ name }) => names.length === 0 || names.includes(name))) {
    await new Run(optionsFor(room)).runMutationTest();
    writeSummary(join(ROOT, 'docs/mutation.md'), join(RESULTS, `${room.name}.json`), room);
  }
}

void main(process.argv.slice(2));
