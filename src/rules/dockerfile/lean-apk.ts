import type { FileRule } from '../rule';
import { programFinder } from './builds';
import { packageCall } from './package-tools';

/** DF-012 */
export const LEAN_APK: FileRule = {
  id: 'DF-012',
  severity: 'HIGH',
  kind: 'invariant',
  statement: 'Packages come by apk add --no-cache; apk update, upgrade, fix and cache are not used',
  why: 'an index that is kept is an old one the next time, and an upgrade makes another system than the pinned base',
  next: 'write apk add --no-cache, and take a newer base instead of an upgrade',
  fix: 'the platform writes every installation so',
  sources: ['Trivy DS-0025', 'hadolint DL3017 and DL3019', 'Dockle DKL-DI-0004'],
  check: (subject) => subject.eachContext((context) => findFat(context)),
};

const findFat = programFinder((invocation) => {
  const call = packageCall(invocation);
  if (call?.tool !== 'apk') {
    return undefined;
  }
  if (/^(?:cache|fix|update|upgrade)$/.test(call.action)) {
    return `apk ${call.action}`;
  }
  return call.action === 'add' && !call.options.includes('--no-cache') ? 'apk add without --no-cache' : undefined;
});
