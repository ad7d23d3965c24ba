import type { FileRule } from '../rule';
import { findInstructions } from './stages';

/** DF-004 */
export const EXEC_FORM: FileRule = {
  id: 'DF-004',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement: 'CMD, ENTRYPOINT and the command of HEALTHCHECK are arrays of words',
  why: 'as plain text they are run by a shell, which swallows the signal that asks the server to stop',
  next: 'write ["/path/of/program", "argument"], with double quotes',
  fix: 'the platform writes ENTRYPOINT and HEALTHCHECK as arrays',
  sources: ['BuildKit JSONArgsRecommended', 'hadolint DL3025'],
  check: (subject) =>
    subject.eachContext((context) =>
      findInstructions(context, ['CMD', 'ENTRYPOINT', 'HEALTHCHECK'], ({ keyword, exec, text }) => {
        if (keyword === 'HEALTHCHECK' && /^none$/i.test(text.trim())) {
          return undefined;
        }
        return exec ? undefined : `${keyword} ${text} is run by a shell`;
      }),
    ),
};
