import type { FileRule } from '../rule';

/** DF-025 */
export const NO_FLOATING_FRONTEND: FileRule = {
  id: 'DF-025',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement: 'The Dockerfile is read by the frontend that the builder has, or by one pinned by its digest',
  why: 'a frontend is a program that is fetched and then decides what every line means',
  next: 'take # syntax= out',
  fix: 'the renderer of Dockerfiles writes none',
  sources: ['NIST SP 800-190 4.1.5', 'SLSA: hermetic builds'],
  check: (subject) =>
    subject.eachContext((context) =>
      context
        .dockerfile()
        .directives.filter(({ name, value }) => name === 'syntax' && !/@sha256:[0-9a-f]{64}$/.test(value))
        .map(({ value }) => ({
          file: context.pathOf('Dockerfile'),
          what: `the frontend ${value} is not pinned by its digest`,
        })),
    ),
};
