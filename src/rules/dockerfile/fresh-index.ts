import type { FileRule, Finding } from '../rule';
import { shellTexts, type ShellText } from './builds';
import { isInstall, packageCall } from './package-tools';

/** DF-010 */
export const FRESH_INDEX: FileRule = {
  id: 'DF-010',
  severity: 'HIGH',
  kind: 'invariant',
  statement: 'The index of packages is fetched in the RUN that installs, and apt-get installs from no other',
  why: 'an index in a layer of its own is taken from the cache, and old packages with known holes are installed for ever',
  next: 'write apt-get update && apt-get install in one RUN',
  fix: 'the platform writes both into one RUN',
  sources: ['CIS Docker 4.7', 'Trivy DS-0017', 'CIS DI-0007', 'Checkov CKV_DOCKER_5'],
  check: (subject) => subject.eachContext((context) => shellTexts(context).flatMap(findStale)),
};

function findStale({ invocations, finding }: ShellText): Finding[] {
  const calls = invocations.flatMap((invocation) => {
    const call = packageCall(invocation);
    return call ? [{ call, command: invocation.command }] : [];
  });
  return calls.flatMap(({ call, command }, index) => {
    const sameTool = (other: (typeof calls)[number]): boolean => other.call.tool.slice(0, 3) === call.tool.slice(0, 3);
    if (call.action === 'update' && !calls.slice(index + 1).some((other) => sameTool(other) && isInstall(other.call))) {
      return [finding(command, `${call.tool} update without an installation after it`)];
    }
    const isBlind =
      isInstall(call) &&
      call.tool !== 'apk' &&
      !calls.slice(0, index).some((other) => sameTool(other) && other.call.action === 'update');
    return isBlind ? [finding(command, `${call.tool} ${call.action} without an update before it`)] : [];
  });
}
