import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stryker } from '@stryker-mutator/core';
import { build } from 'esbuild';
import { fingerprintOf } from './mutation/fingerprint';
import { partsOf, type Part } from './mutation/part';
import { ROOMS, type Room } from './mutation/room';
import { writeSummary } from './mutation/summary';

const ROOT = join(__dirname, '..');

/** Where results are kept, with what they depend on: a run that was stopped goes on with the next part. Not committed. */
const RESULTS = join(ROOT, '.cache/mutation');

/** Both are loaded in processes of Stryker's own, which know no TypeScript. */
const PLUGIN = join(RESULTS, 'ignore-messages.mjs');
const ENVIRONMENT = join(RESULTS, 'stop-at-first-failure.cjs');

type Options = ConstructorParameters<typeof Stryker>[0];

function optionsFor({ name }: Room, part: Part): Options {
  return {
    packageManager: 'npm',
    mutate: part.files.map((file) => `src/${file}`),
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
    incrementalFile: resultsOf(part),
    force: true,
    concurrency: Number(process.env.CONCURRENCY ?? 1),
    // A loaded machine is slow, and not every slow test is an endless one.
    timeoutMS: Number(process.env.TIMEOUT ?? 20_000),
    timeoutFactor: 4,
    dryRunTimeoutMinutes: 15,
    tempDirName: join('.cache/mutation', part.name),
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
    const parts = partsOf(ROOT, room);
    const fingerprint = fingerprintOf(ROOT, room);
    for (const part of parts) {
      const done = join(RESULTS, `${part.name}.sha256`);
      if (process.env.FORCE !== '1' && existsSync(done) && readFileSync(done, 'utf8') === fingerprint) {
        process.stdout.write(`${part.name}: as it was\n`);
        continue;
      }
      await new Run(optionsFor(room, part)).runMutationTest();
      writeFileSync(done, fingerprint);
    }
    writeSummary(join(ROOT, 'docs/mutation.md'), parts.map(resultsOf), room);
  }
}

function resultsOf({ name }: Part): string {
  return join(RESULTS, `${name}.json`);
}

void main(process.argv.slice(2));
