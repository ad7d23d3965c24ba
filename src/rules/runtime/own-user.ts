import type { FileRule } from '../rule';
import { eachService } from './compose';
import { show } from './fields';
import { eachContainer, eachPod } from './pods';

/** RT-013 */
export const OWN_USER: FileRule = {
  id: 'RT-013',
  severity: 'CRITICAL',
  kind: 'invariant',
  statement: 'Who runs the image runs it as its own user, never as root',
  why: 'a container can be told to start as root whatever its image says, and its mounts belong to the user of the image',
  next: 'take out what changes the user; choose the numbers by security.uid and security.gid',
  fix: 'compose.yaml and kubernetes.yaml name the user of the image',
  sources: [
    'CIS Docker 4.1',
    'Pod Security Standards: runAsNonRoot, runAsUser',
    'OWASP Docker Security Cheat Sheet, rule 2',
  ],
  check: (subject) => [
    ...eachService(subject, ({ fields: { user } }) =>
      user === undefined || user === subject.facts.user
        ? []
        : [`user is ${show(user)}, but that of the image is ${subject.facts.user}`],
    ),
    ...eachPod(subject, ({ security }) => rootIn(security)),
    ...eachContainer(subject, ({ security, pod }) => [
      ...rootIn(security),
      ...((security.runAsNonRoot ?? pod.security.runAsNonRoot) === true ? [] : ['runAsNonRoot is not true']),
    ]),
  ],
};

/** Group 0 is for users of arbitrary number. */
function rootIn({ runAsUser }: { readonly runAsUser?: unknown }): string[] {
  const given = runAsUser !== undefined && runAsUser !== null;
  return given && !(typeof runAsUser === 'number' && runAsUser > 0) ? [`runAsUser is ${show(runAsUser)}`] : [];
}
