import { flatMap } from '../../config/flat-map';
import type { FileRule } from '../rule';
import { runTexts } from './builds';
import { isInstall, packageCall } from './package-tools';

/** Names that a finding tells. */
const SHOWN = 3;

/** DF-013 */
export const PINNED_PACKAGES: FileRule = {
  id: 'DF-013',
  severity: 'MEDIUM',
  level: 'warning',
  kind: 'invariant',
  statement: 'Packages are installed in the versions of a lock, or from a snapshot of the archive',
  why: 'the same context gives another image when the archive has moved on; a live archive in turn brings security fixes, so this is a warning',
  next: 'build again for fixes, and rely on the digest of an image, not on its context, to get the same one',
  sources: ['CIS Docker 4.7', 'hadolint DL3008', 'hadolint DL3018'],
  check: (subject) => {
    if (subject.facts.packageSource !== 'live') {
      return [];
    }
    return subject.eachContext((context) =>
      flatMap(runTexts(context), (text) =>
        flatMap(text.invocations, (invocation) => {
          const call = packageCall(invocation);
          const loose = call && isInstall(call) ? call.packages.filter((name) => !/[=<>~]/.test(name)) : [];
          const more = loose.length > SHOWN ? ` and ${loose.length - SHOWN} more` : '';
          const what = `the live archive decides the versions of ${loose.slice(0, SHOWN).join(', ')}${more}`;
          return loose.length === 0 ? [] : [text.finding(invocation.command, what)];
        }),
      ),
    );
  },
};
