import { flatMap } from '../../config/flat-map';
import type { FileRule } from '../rule';
import { runTexts } from './builds';

/** DF-017 */
export const NO_CHANGE_OF_DIRECTORY: FileRule = {
  id: 'DF-017',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement: 'No RUN changes its directory by cd; scripts may',
  why: 'the change is gone with the next RUN, and what was meant for a directory happens in another one',
  next: 'write WORKDIR, an absolute path, or a script of the context',
  fix: 'the platform writes absolute paths, and longer work into scripts',
  sources: ['Trivy DS-0013', 'hadolint DL3003'],
  check: (subject) =>
    subject.eachContext((context) =>
      flatMap(runTexts(context), (text) =>
        text.invocations
          .filter(({ program }) => /^(?:cd|popd|pushd)$/.test(program))
          .map(({ program, args, command }) => text.finding(command, `RUN ${program} ${args.join(' ')}`)),
      ),
    ),
};
