import { Component, type Project } from 'projen';
import { addYaml } from './pinned-action';
import { COMMAND, DRIFT_CHECK, RECEIPTS, UPDATE } from './pipeline-options';
import { ARCHITECTURES } from '../../catalog';
import { ciFacts } from '../../catalog/ci-facts';

/** Jobs at the same time for each architecture; each takes its share of the images. */
const SHARDS = 4;

/**
 * A pipeline of GitLab. Each job takes a share of the tree, whatever is in it at that time, on a runner of its own
 * architecture with the tag `docker-amd64` or `docker-arm64`: one that has Docker with buildx, Node.js, Trivy and cosign.
 * A schedule builds again what a package has moved of, and proposes newer bases by a merge request; without the variable
 * BASES_TOKEN, a token of the project that may write, that job fails where a base has moved, and nothing else does.
 */
export class GitlabPipeline extends Component {
  constructor(project: Project) {
    super(project);
    addYaml(project, '.gitlab-ci.yml', {
      stages: ['synth', 'test', 'build', 'join'],
      default: {
        interruptible: true,
        cache: { key: { files: ['package-lock.json'] }, paths: ['.npm/'] },
        before_script: ['npm ci --cache .npm --prefer-offline'],
      },
      workflow: {
        rules: [
          { if: '$CI_PIPELINE_SOURCE == "merge_request_event"' },
          { if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH' },
        ],
      },
      synth: {
        stage: 'synth',
        image: ciFacts().nodeImage.reference,
        script: [...DRIFT_CHECK, `${COMMAND} validate:config`],
      },
      ...Object.fromEntries(ARCHITECTURES.flatMap((architecture) => jobsOf(architecture))),
      join: joinJob(),
      bases: basesJob(),
    });
  }
}

const PUBLISHES = { rules: [{ if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH' }] };

function jobsOf(architecture: string): ReadonlyArray<readonly [string, object]> {
  const build = `${COMMAND} publish --environment production --arch ${architecture} --shard "$CI_NODE_INDEX/$CI_NODE_TOTAL"`;
  const receipt = `--receipt "${RECEIPTS}/${architecture}-$CI_NODE_INDEX.json"`;
  return [
    [
      `test-${architecture}`,
      {
        stage: 'test',
        tags: [`docker-${architecture}`],
        rules: [{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }],
        script: [`${COMMAND} test:local --arch ${architecture} $IMAGE_BUILD_CONTEXTS $IMAGE_BUILD_FLAGS`],
      },
    ],
    [
      `build-${architecture}`,
      {
        stage: 'build',
        tags: [`docker-${architecture}`],
        ...PUBLISHES,
        parallel: SHARDS,
        resource_group: `build-${architecture}-$CI_NODE_INDEX`,
        script: [
          'if [ "$CI_PIPELINE_SOURCE" = schedule ]; then REFRESH=--refresh; fi',
          `${build} ${receipt} $REFRESH $IMAGE_BUILD_CONTEXTS $IMAGE_BUILD_FLAGS`,
        ],
        artifacts: { paths: [`${RECEIPTS}/`], expire_in: '1 week' },
      },
    ],
  ];
}

function joinJob(): object {
  return {
    stage: 'join',
    tags: ['docker-amd64'],
    ...PUBLISHES,
    interruptible: false,
    resource_group: 'join',
    id_tokens: { SIGSTORE_ID_TOKEN: { aud: 'sigstore' } },
    script: [
      `${COMMAND} publish:merge ${RECEIPTS}/*.json --environment production --receipt receipt.json $IMAGE_BUILD_CONTEXTS`,
    ],
    artifacts: { paths: ['receipt.json'] },
  };
}

const BASES = 'images/bases';

function basesJob(): object {
  return {
    stage: 'synth',
    image: ciFacts().nodeImage.reference,
    rules: [{ if: '$CI_PIPELINE_SOURCE == "schedule"' }],
    allow_failure: true,
    script: [
      `if [ -z "$BASES_TOKEN" ]; then ${COMMAND} catalog:update --check; exit; fi`,
      ...UPDATE,
      'git add --all',
      'if git diff --cached --quiet; then exit 0; fi',
      'git -c user.name=images -c user.email=images@localhost commit --quiet --message "build: newer bases"',
      `git push --force -o merge_request.create "https://images:$BASES_TOKEN@$CI_SERVER_HOST/$CI_PROJECT_PATH.git" HEAD:${BASES}`,
    ],
  };
}
