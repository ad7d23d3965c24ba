import { Component, type Project } from 'projen';
import { ciFacts } from '../../catalog/ci-facts';
import { WORKFLOW } from '../environments';
import { addYaml, pinned } from './pinned-action';
import { COMMAND, DRIFT_CHECK, RECEIPTS, UPDATE, type PipelineOptions } from './pipeline-options';

const PUBLISHES = "github.event_name != 'pull_request'";

/** A step of a job. */
interface Step {
  readonly [key: string]: unknown;
}

/**
 * A workflow of GitHub Actions: synthesize and look for drift; for a pull request test each image on each
 * architecture, else build and push it by digest; join, sign and tag. The jobs come from the tree at run time, so that
 * they are never out of step with it. Every night what a package has moved of is built again, and the rest keeps its
 * digest; a base that has moved comes as a pull request, since what is published is what is committed.
 */
export class GithubPipeline extends Component {
  constructor(project: Project, options: PipelineOptions) {
    super(project);
    addYaml(project, WORKFLOW, {
      name: 'images',
      on: {
        push: { branches: [options.defaultReleaseBranch] },
        pull_request: {},
        schedule: [{ cron: '17 3 * * *' }],
        workflow_dispatch: {},
      },
      permissions: {},
      concurrency: {
        group: 'images-${{ github.ref }}',
        'cancel-in-progress': "${{ github.event_name == 'pull_request' }}",
      },
      defaults: { run: { shell: 'bash' } },
      jobs: {
        synth: synthJob(),
        test: testJob(),
        build: buildJob(),
        join: joinJob(),
        bases: basesJob(options.defaultReleaseBranch),
      },
    });
  }
}

function prepare(): Step[] {
  return [
    { name: 'Check out', uses: pinned('checkout'), with: { 'persist-credentials': false } },
    { name: 'Node.js', uses: pinned('setup-node'), with: { 'node-version': 'lts/*', cache: 'npm' } },
    { name: 'Install', run: 'npm ci' },
  ];
}

function synthJob(): object {
  return {
    'runs-on': ciFacts().runners.amd64,
    'timeout-minutes': 15,
    permissions: { contents: 'read' },
    outputs: { matrix: '${{ steps.matrix.outputs.matrix }}' },
    steps: [
      ...prepare(),
      { name: 'Look for drift', run: lines(DRIFT_CHECK) },
      { name: 'Check', run: `${COMMAND} validate:config` },
      { name: 'List the jobs', id: 'matrix', run: matrixScript() },
    ],
  };
}

/** One job for each image and architecture, on a runner of that architecture. */
function matrixScript(): string {
  const program = [
    `const runners = ${JSON.stringify({ amd64: ciFacts().runners.amd64, arm64: ciFacts().runners.arm64 })};`,
    'const images = JSON.parse(require("node:fs").readFileSync(0, "utf8"));',
    'const include = Object.entries(images).flatMap(([image, { architectures }]) =>',
    '  Object.keys(architectures).map((architecture) => ({ image, architecture, runner: runners[architecture] })));',
    'console.log("matrix=" + JSON.stringify({ include }));',
  ];
  return lines([`${COMMAND} ls --json | node -e '`, ...program, `' >> "$GITHUB_OUTPUT"`]);
}

function perImage(): object {
  return {
    needs: 'synth',
    'runs-on': '${{ matrix.runner }}',
    'timeout-minutes': 60,
    strategy: { 'fail-fast': false, matrix: '${{ fromJSON(needs.synth.outputs.matrix) }}' },
    env: {
      IMAGE: '${{ matrix.image }}',
      ARCHITECTURE: '${{ matrix.architecture }}',
      BUILD_CONTEXTS: '${{ vars.IMAGE_BUILD_CONTEXTS }}',
      BUILD_FLAGS: '${{ vars.IMAGE_BUILD_FLAGS }}',
    },
  };
}

/** Credentials of the repositories of Composer, for the builds of applications. */
const COMPOSER = { COMPOSER_AUTH: '${{ secrets.COMPOSER_AUTH }}' };

const BUILDX: () => Step = () => ({ name: 'BuildKit', uses: pinned('setup-buildx') });

function testJob(): object {
  return {
    ...perImage(),
    if: "github.event_name == 'pull_request'",
    permissions: { contents: 'read' },
    steps: [
      ...prepare(),
      BUILDX(),
      {
        name: 'Build and test',
        env: COMPOSER,
        run: `${COMMAND} test:local "$IMAGE" --arch "$ARCHITECTURE" $BUILD_CONTEXTS $BUILD_FLAGS`,
      },
    ],
  };
}

/** The name and password of a registry, for the steps that need them alone. */
const CREDENTIALS = {
  REGISTRY_USERNAME: '${{ vars.REGISTRY_USERNAME || github.actor }}',
  REGISTRY_PASSWORD: '${{ secrets.REGISTRY_PASSWORD || secrets.GITHUB_TOKEN }}',
};

function buildJob(): object {
  const nightly = "${{ github.event_name == 'schedule' && '--refresh' || '' }}";
  return {
    ...perImage(),
    if: PUBLISHES,
    permissions: { contents: 'read', packages: 'write', 'security-events': 'write' },
    steps: [
      ...prepare(),
      BUILDX(),
      { name: 'Trivy', uses: pinned('setup-trivy'), with: { cache: true } },
      {
        name: 'Build, verify, scan, push by digest',
        env: { ...CREDENTIALS, ...COMPOSER, REFRESH: nightly },
        run: lines([
          `${COMMAND} build:image "$IMAGE" --arch "$ARCHITECTURE" --environment production --push --no-manifest \\`,
          `  --receipt "${RECEIPTS}/$IMAGE-$ARCHITECTURE.json" $REFRESH $BUILD_CONTEXTS $BUILD_FLAGS`,
        ]),
      },
      {
        name: 'Show findings',
        if: "always() && hashFiles('.publish/*.sarif') != ''",
        uses: pinned('upload-sarif'),
        with: { sarif_file: '.publish', category: '${{ matrix.image }}-${{ matrix.architecture }}' },
      },
      {
        name: 'Keep the receipt',
        uses: pinned('upload-artifact'),
        with: {
          name: 'receipt-${{ matrix.image }}-${{ matrix.architecture }}',
          path: `${RECEIPTS}/*.json`,
          'if-no-files-found': 'error',
          'retention-days': 7,
        },
      },
    ],
  };
}

function joinJob(): object {
  return {
    needs: 'build',
    if: PUBLISHES,
    'runs-on': ciFacts().runners.amd64,
    'timeout-minutes': 30,
    permissions: { contents: 'read', packages: 'write', 'id-token': 'write' },
    steps: [
      ...prepare(),
      {
        name: 'Take the receipts',
        uses: pinned('download-artifact'),
        with: { pattern: 'receipt-*', path: RECEIPTS, 'merge-multiple': true },
      },
      { name: 'cosign', uses: pinned('cosign-installer') },
      {
        name: 'Join, sign, tag',
        env: {
          ...CREDENTIALS,
          COSIGN_PASSWORD: '${{ secrets.COSIGN_PASSWORD }}',
          BUILD_CONTEXTS: '${{ vars.IMAGE_BUILD_CONTEXTS }}',
        },
        run: `${COMMAND} publish:merge ${RECEIPTS}/*.json --environment production --receipt receipt.json $BUILD_CONTEXTS`,
      },
      { name: 'Keep the receipt', uses: pinned('upload-artifact'), with: { name: 'published', path: 'receipt.json' } },
    ],
  };
}

/** The branch of the pull request with newer bases. */
const BASES = 'images/bases';

/** Newer bases and dates of support, as a pull request that is made anew every night. */
function basesJob(branch: string): object {
  return {
    if: "github.event_name == 'schedule' || github.event_name == 'workflow_dispatch'",
    'runs-on': ciFacts().runners.amd64,
    'timeout-minutes': 15,
    permissions: { contents: 'write', 'pull-requests': 'write' },
    steps: [
      ...prepare(),
      { name: 'Look for newer bases', run: lines(UPDATE) },
      {
        name: 'Propose them',
        env: { GH_TOKEN: '${{ secrets.BASES_TOKEN || github.token }}' },
        run: lines([
          'git add --all',
          'if git diff --cached --quiet; then exit 0; fi',
          `git switch --force-create ${BASES}`,
          "git config user.name 'github-actions[bot]'",
          "git config user.email '41898282+github-actions[bot]@users.noreply.github.com'",
          "git commit --quiet --message 'build: newer bases'",
          `git push --force "https://x-access-token:$GH_TOKEN@${'${GITHUB_SERVER_URL#https://}'}/$GITHUB_REPOSITORY.git" HEAD:${BASES}`,
          `if [ "$(gh pr view ${BASES} --json state --jq .state || true)" != OPEN ]; then`,
          `  gh pr create --fill --base ${branch} --head ${BASES}`,
          'fi',
        ]),
      },
    ],
  };
}

function lines(commands: readonly string[]): string {
  return `${commands.join('\n')}\n`;
}
