import type { PlanRule } from './plan-rule';

/** Names of build arguments that would hold something secret. */
const SECRET = /auth|credential|key|pass|secret|token/i;

/** SC-003 */
export const attestations: PlanRule = {
  id: 'SC-003',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement: 'every build is asked for its full provenance and a list of its packages, and is given nothing secret',
  why: 'without them nobody can say what is in the image or where it came from; full provenance publishes every build argument',
  next: 'let the plan be made by makePlan; give secrets by files at run time, never by a build argument',
  fix: 'makePlan asks for both in every build; the receipt says what a builder could not give',
  sources: ['SLSA build L1', 'NIST SSDF PS.3', 'OWASP-Docker-13'],
  checkPlan: ({ steps }) =>
    steps.flatMap((step) => {
      if (step.kind !== 'build') {
        return [];
      }
      const secret = Object.keys(step.buildArguments).filter((name) => SECRET.test(name));
      return [
        ...(step.provenance === 'max' ? [] : [{ where: step.id, what: 'provenance is not asked for with mode=max' }]),
        ...(step.sbom ? [] : [{ where: step.id, what: 'no list of the packages is asked for' }]),
        ...secret.map((name) => ({ where: step.id, what: `the build argument ${name} would be published` })),
      ];
    }),
};
