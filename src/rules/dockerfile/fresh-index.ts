import { flatMap } from '../../config/flat-map';
import type { FileRule } from '../rule';
import { shellFinder, type ShellScript, type Told } from './builds';
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
  check: (subject) => subject.eachContext((context) => findStale(context)),
};

const findStale = shellFinder(({ invocations }: ShellScript) => {
  const calls = flatMap(invocations, (invocation) => {
    const call = packageCall(invocation);
    return call ? [{ call, command: invocation.command }] : [];
  });
  return flatMap(calls, ({ call, command }, index): Told[] => {
    const sameTool = (other: (typeof calls)[number]): boolean => other.call.tool.slice(0, 3) === call.tool.slice(0, 3);
    if (call.action === 'update' && !calls.slice(index + 1).some((other) => sameTool(other) && isInstall(other.call))) {
      return [[command, `${call.tool} update without an installation after it`]];
    }
    const isBlind =
      isInstall(call) &&
      call.tool !== 'apk' &&
      !calls.slice(0, index).some((other) => sameTool(other) && other.call.action === 'update');
    return isBlind ? [[command, `${call.tool} ${call.action} without an update before it`]] : [];
  });
});
