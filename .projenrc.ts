import { javascript, typescript } from 'projen';
import { ImageMatrix } from './src/project/image-matrix';

/** The rooms of `src`, from the one that knows nobody to the one that knows all: imports point to earlier ones. */
const ROOMS = [
  'errors',
  'catalog',
  'config',
  'model',
  'image',
  'presets',
  'deploy',
  'rules',
  'aspects',
  'report',
  'synth',
  'verify',
  'publish',
  'project',
  'observe',
  'cli',
];

/** Rooms that a synth loads: what costs time to load, or reaches the network, stays out of them. */
const SYNTH_ROOMS = [
  'errors',
  'catalog',
  'config',
  'model',
  'image',
  'presets',
  'deploy',
  'rules',
  'aspects',
  'report',
  'synth',
];

const SLOW_MODULES = ['projen', 'execa', 'prettier', 'commander', 'pino'];

const project = new typescript.TypeScriptProject({
  name: 'projen-nginx-php',
  description: 'Hardened nginx + PHP-FPM container images, described as a construct tree and synthesized with projen',
  authorName: 'The projen-nginx-php authors',
  authorEmail: 'maintainers@projen-nginx-php.invalid',
  authorOrganization: true,
  license: 'Apache-2.0',
  copyrightOwner: 'The projen-nginx-php authors',
  copyrightPeriod: '2026-',
  keywords: ['docker', 'nginx', 'php', 'php-fpm', 's6-overlay', 'projen', 'constructs', 'hardening', 'multi-arch'],
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.19.0',
  typescriptVersion: '~6.0.3',
  projenrcTs: true,
  projenrcTsOptions: { projenCodeDir: 'scripts' },
  runner: typescript.TypeScriptRunner.tsx(),
  sampleCode: false,
  github: false,
  depsUpgrade: false,
  release: false,
  package: false,
  entrypoint: 'lib/index.js',
  bin: { 'dockerfile-generator': 'bin/dockerfile-generator' },
  deps: [
    // Certificates for the verification of images with TLS.
    '@peculiar/x509@^2',
    'reflect-metadata@^0.2',
    'commander@^14',
    'diff@^9',
    'dockerfile-ast@^0.7.1',
    'dockerfile-utils@^0.16.3',
    'esbuild@^0.28.2',
    'execa@^9',
    'fastest-levenshtein@^1.0.16',
    'listr2@^9',
    'pino@^10',
    'pino-pretty@^13',
    'prom-client@^15',
    'rotating-file-stream@^3',
    // Of the newest version that runs on Node 20: registries behind a proxy, uploads of a known length.
    'undici@^7',
    'yaml@^2',
    'zod@^4.6.7',
  ],
  devDeps: [
    '@arethetypeswrong/cli@^0.18',
    // Carries the JSON Schema of SARIF 2.1.0.
    '@microsoft/sarif-multitool-ts@^5',
    // The newest line that runs on Node 20; people bring theirs, where they want traces.
    '@opentelemetry/api@^1',
    '@opentelemetry/sdk-node@^0.223.0',
    // The newest line that runs on Node 20.
    '@stryker-mutator/core@^9',
    '@stryker-mutator/jest-runner@^9',
    // Not the newest: the lock file needs all of its binaries, for every system, to be published.
    '@swc/core@1.16.18',
    '@swc/jest',
    '@types/node@^20',
    'ajv@^8',
    'ajv-formats@^3',
    'axe-core@^4',
    'constructs@^10.8.1',
    'fast-check@^4',
    // What an environment of mutated tests extends.
    'jest-environment-node@^30',
    'knip@^6',
    // Without a browser of its own: it drives Debian's Chromium.
    'playwright-core@^1',
    'prettier@^3',
    'prettier-plugin-nginx',
    'prettier-plugin-sh',
    'projen@^0.103.25',
    'publint@^0.3',
    'tsx',
  ],
  peerDeps: [
    'constructs@^10.5.0',
    '@opentelemetry/api@^1',
    '@opentelemetry/sdk-node@>=0.200.0 <1',
    // For project types and components alone.
    'projen@>=0.103.0 <1',
  ],
  peerDependencyOptions: { pinnedDevDependency: false },
  tsconfig: {
    compilerOptions: {
      target: 'ES2022',
      lib: ['es2022'],
      types: ['node'],
      resolveJsonModule: true,
      inlineSourceMap: false,
      inlineSources: false,
      // Beside what it describes: a build after `rm -r lib` writes everything again.
      tsBuildInfoFile: 'lib/tsconfig.tsbuildinfo',
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: false,
      skipLibCheck: true,
    },
  },
  tsconfigDev: {
    compilerOptions: { types: ['node', 'jest'], paths: { 'projen-nginx-php': ['../src'] } },
    include: ['../.projenrc.ts', '../images.ts', '../scripts/**/*.ts', '../examples/**/*.ts'],
  },
  prettier: true,
  prettierOptions: {
    settings: {
      printWidth: 120,
      singleQuote: true,
      trailingComma: javascript.TrailingComma.ALL,
    },
    ignoreFile: true,
  },
  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'scripts'],
    prettier: true,
    commandOptions: { fix: false },
  },
  jestOptions: {
    jestVersion: '^30',
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: true,
    passWithNoTests: false,
    jestConfig: {
      collectCoverage: false,
      testTimeout: 120_000,
    },
  },
  // A folder of the sources may be named as what tools usually leave behind (logs).
  gitignore: ['!/src/**', '!/test/**', '/.jsii', '/.cache/', '/node_modules', '/test-reports/', '*.tgz', '.DS_Store'],
  npmignoreEnabled: false,
});

// swc transpiles a test in a tenth of ts-jest's time; types are checked by the tasks `compile` and `typecheck`.
project.deps.removeDependency('ts-jest');
project.jest!.config.transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
  ],
};
// As with @swc/core: every binary of this version is published, so that `npm ci` works on every system.
project.package.addPackageResolutions('unrs-resolver@1.12.2');
// Examples and code blocks of the documentation import this package by its name.
project.jest!.config.moduleNameMapper = { '^projen-nginx-php$': '<rootDir>/src' };
project.jest!.config.testMatch = ['<rootDir>/test/**/*.test.ts'];
// Copies of this package, while it is mutated.
project.jest!.config.modulePathIgnorePatterns = ['<rootDir>/.cache/mutation/'];
project.package.addField('peerDependenciesMeta', {
  '@opentelemetry/api': { optional: true },
  '@opentelemetry/sdk-node': { optional: true },
  projen: { optional: true },
});
// Node would look for it.
project.package.addField('type', 'commonjs');
/** What is compiled and nobody can reach: maps, types of what is not exported, doors into lib/core.js. */
const UNREACHABLE = [
  'tsconfig.tsbuildinfo',
  '**/*.map',
  ...['cli', 'deploy', 'image/nginx', 'observe', 'publish/run', 'publish/verification', 'verify/checks'].map(
    (room) => `${room}/**/*.d.ts`,
  ),
  ...['dockerfile', 'image', 'nginx', 'php', 'runtime', 'supervisor', 'supply-chain'].map(
    (pack) => `rules/${pack}/**/*.d.ts`,
  ),
  ...['deploy/kubernetes', 'image/nginx', 'image/platform', 'model/*', 'rules/*'].map((room) => `${room}/*.js`),
];
project.package.addField('files', ['.jsii', 'bin', 'lib', 'schema', ...UNREACHABLE.map((path) => `!lib/${path}`)]);

const typecheck = project.addTask('typecheck', {
  description: 'Check the types of everything: sources, tests, scripts, images.ts and .projenrc.ts',
  exec: 'tsc --noEmit -p test/tsconfig.json',
});
project.testTask.prependSpawn(typecheck);

// The compiler does not carry what it does not import: the catalogue's data, the shell scripts, the page's parts.
project.postCompileTask.exec(
  "node -e \"fs.cpSync('src/catalog/data','lib/catalog/data',{recursive:true});fs.cpSync('src/image/assets','lib/image/assets',{recursive:true});fs.cpSync('src/report/assets','lib/report/assets',{recursive:true});fs.cpSync('src/verify/assets','lib/verify/assets',{recursive:true})\"",
);
// What every start loads goes into one file; what the built-in defaults are rendered as goes beside it.
project.postCompileTask.exec('tsx scripts/bundle.ts');
project.postCompileTask.exec('tsx scripts/prebuild.ts');

// In it `projen new --from` finds the project type.
project.postCompileTask.exec('tsx scripts/jsii.ts');
project.postCompileTask.exec('tsx scripts/optional-types.ts');
// What is loaded when it is asked for is found by ES modules too.
project.postCompileTask.exec('tsx scripts/names-for-import.ts');

new ImageMatrix(project, { command: 'tsx src/cli/main.ts synth' });
project.addTask('schema', {
  description: 'Write the JSON Schemas of manifest.json, compliance.json and lock.json to schema/',
  exec: 'tsx scripts/schema.ts',
});
project.addTask('test:e2e:arm64', {
  description:
    'Build and drive the Debian 8.4 image for arm64 under emulation, and publish it for both architectures (needs .ci/testbed and .ci/testbed-arm64)',
  env: { E2E_ARCHITECTURE: 'arm64', REQUIRE_ENGINE: '1' },
  // One after the other: the second finds the layers of the first.
  exec: 'jest --ci --runInBand test/e2e/debian-8.4 test/e2e/publish/debian',
  receiveArgs: true,
});
project.addTask('bench:image', {
  description: 'Measure the image beside a naive one, in one run (needs .ci/testbed and wrk; ROUNDS=15)',
  exec: 'tsx scripts/bench-image.ts',
});
project.addTask('bench', {
  description:
    'Measure a synthesis against what everybody knows the cost of (--write, --check; needs npx projen compile and post-compile)',
  exec: 'tsx scripts/bench.ts',
  receiveArgs: true,
});
project.addTask('bench:cli', {
  description: 'Measure the start of the command against node itself, in one run (needs npx projen compile; ROUNDS=15)',
  exec: 'tsx scripts/bench-cli.ts',
});
project.addTask('api', {
  description: 'Write docs/api.md from the docstrings of what the package exports',
  exec: 'tsx scripts/api.ts',
});
project.addTask('cli:docs', {
  description: 'Write docs/cli.md from the definitions of the commands',
  exec: 'tsx scripts/cli-docs.ts',
});
project.addTask('readme', {
  description: 'Write the table of the reference matrix in README.md',
  exec: 'tsx scripts/readme.ts',
});
project.addTask('rules', {
  description: 'Write docs/rules.md from the rules',
  exec: 'tsx scripts/rules.ts',
});
project.addTask('mutation', {
  description:
    'Mutate the rooms that decide (Stryker), and write docs/mutation.md: all of them, or those that are named',
  exec: 'tsx scripts/mutation.ts',
  receiveArgs: true,
});
project.addTask('test:nightly', {
  description: 'What takes hours: 100,000 random trees, each told twice, and 200 kills of a synthesis',
  env: { FUZZ_RUNS: '100000', KILLS: '200' },
  exec: 'jest --ci test/property/whole-input test/unit/synth/interrupted',
  receiveArgs: true,
});
project.addTask('unused', {
  description: 'Look for files, exports and dependencies that nobody uses (knip)',
  exec: 'knip',
});
project.addTask('rules:mutations', {
  description: 'Switch each rule off, one at a time, and write what its cases tell to docs/rule-mutations.md',
  exec: 'tsx scripts/rule-mutations.ts',
});
project.addTask('catalog:check', {
  description: "Check the catalogue's own consistency",
  exec: 'tsx scripts/catalog-check.ts',
});
project.addTask('catalog:debian', {
  description: 'Check the Debian part of the catalogue against the live archive with apt',
  exec: 'tsx scripts/catalog-debian.ts',
});

/** Every import points to an earlier room. */
const zones = ROOMS.flatMap((room, index) =>
  ROOMS.slice(index + 1).map((later) => ({
    target: `./src/${room}`,
    from: `./src/${later}`,
    message: `${room} must not know ${later}: arrows between rooms point up the list of DESIGN.md.`,
  })),
);
project.eslint!.addRules({
  'import/no-restricted-paths': ['error', { zones }],
  '@typescript-eslint/no-explicit-any': 'error',
  'no-bitwise': 'off',
  '@typescript-eslint/member-ordering': 'off',
  '@typescript-eslint/consistent-type-imports': ['error', { prefer: 'type-imports' }],
});
// The component for projen projects is used where projen is; nobody else has to install it.
project.eslint!.addOverride({ files: ['src/project/**/*.ts'], rules: { 'import/no-extraneous-dependencies': 'off' } });
project.eslint!.addOverride({
  files: SYNTH_ROOMS.map((room) => `src/${room}/**/*.ts`),
  rules: {
    'no-restricted-imports': [
      'error',
      { paths: SLOW_MODULES.map((name) => ({ name, message: `${name} is never loaded by a synth.` })) },
    ],
    'no-restricted-syntax': [
      'error',
      { selector: "MemberExpression[property.name='localeCompare']", message: 'Order is by code point.' },
      {
        selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
        message: 'A synth has no clock.',
      },
      { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'A synth has no clock.' },
      { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'A synth has no chance.' },
    ],
  },
});

project.synth();
