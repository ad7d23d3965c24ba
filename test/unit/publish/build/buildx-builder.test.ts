import { BuildxBuilder } from '../../../../src/publish/build/buildx-builder';
import type { Run } from '../../../../src/publish/command';
import { makePlan } from '../../../../src/publish/plan/make-plan';
import type { BuildStep } from '../../../../src/publish/plan/step';
import { factsOf, OPTIONS, PLACE, repositoryOf, wantedOf } from '../support';

function buildSteps(): BuildStep[] {
  const facts = factsOf({ [PLACE]: repositoryOf([]) });
  const { steps } = makePlan(wantedOf(), facts, { ...OPTIONS, builders: { arm64: 'faraway' } });
  return steps.filter((step) => step.kind === 'build');
}

const PLACES = { context: 'context', layout: 'layout' };

test('a builder that cannot make a list of packages is not asked again; another one still is', async () => {
  // GIVEN a builder that cannot pull the image of BuildKit's scanner, and one that can
  const calls: string[] = [];
  const run: Run = (_, args) => {
    const [builder = 'own'] = args.flatMap((arg) => (arg.startsWith('--builder=') ? [arg.slice(10)] : []));
    const sbom = args.includes('--sbom=true');
    calls.push(`${builder} ${sbom ? 'with' : 'without'}`);
    const fails = sbom && builder === 'own';
    const stderr = fails ? 'ERROR: failed to resolve source metadata for docker/buildkit-syft-scanner:stable-1' : '';
    return Promise.resolve({ status: fails ? 1 : 0, stdout: '', stderr });
  };
  const builder = new BuildxBuilder({ run });
  const [amd64, arm64] = buildSteps() as [BuildStep, BuildStep];
  // WHEN
  const results = [];
  for (const step of [amd64, arm64, amd64]) {
    results.push(await builder.build(step, PLACES, {}, {}));
  }
  // THEN
  expect(calls).toEqual(['own with', 'own without', 'faraway with', 'own without']);
  expect(results.map(({ sbom, missing }) => [sbom, missing.length])).toEqual([
    [false, 1],
    [true, 0],
    [false, 1],
  ]);
});
