import type { FileRule } from '../rule';
import { lastStage, stageFinding } from './stages';

/** DF-001 */
export const NUMERIC_USER: FileRule = {
  id: 'DF-001',
  severity: 'CRITICAL',
  kind: 'invariant',
  statement: 'The image runs as a numeric user and group that are not root',
  why: 'whoever breaks out of a server that runs as root is root; and Kubernetes cannot prove of a name that it is not root',
  next: 'take out what changes USER; choose the numbers by security.uid and security.gid',
  fix: 'the platform writes USER from security.uid and security.gid, which cannot be 0',
  sources: ['CIS Docker 4.1', 'Trivy DS-0002', 'hadolint DL3002', 'Pod Security Standards: runAsNonRoot'],
  check: (subject) =>
    subject.eachContext((context) => {
      const stage = lastStage(context);
      const user = stage.instructions.filter(({ keyword }) => keyword === 'USER').at(-1);
      if (!user) {
        return [stageFinding(context, stage.from, 'the last stage has no USER, so the image runs as root')];
      }
      if (!/^[1-9]\d*:[1-9]\d*$/.test(user.text)) {
        return [stageFinding(context, user, `USER is ${user.text}, not two numbers other than 0`)];
      }
      return user.text === subject.facts.user
        ? []
        : [stageFinding(context, user, `USER is ${user.text}, but the manifest says ${subject.facts.user}`)];
    }),
};
