import type { FileRule } from '../rule';
import { findInstructions } from './stages';

/** DF-023 */
export const NO_VOLUME: FileRule = {
  id: 'DF-023',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement: 'The Dockerfile has no VOLUME and no ONBUILD',
  why: 'a VOLUME makes a place writable that nobody mounted, with the files of the first start for ever; ONBUILD runs in the builds of others',
  next: 'declare volumes by the option volumes or by addWritablePath, and mount them when the container starts',
  fix: 'the platform writes neither',
  sources: ['hadolint DL3043', 'OWASP Docker Security: rule 8'],
  check: (subject) =>
    subject.eachContext((context) =>
      findInstructions(context, ['ONBUILD', 'VOLUME'], ({ keyword, text }) => `${keyword} ${text}`),
    ),
};
