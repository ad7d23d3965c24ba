import { flatMap } from '../../config/flat-map';
import type { FileRule } from '../rule';
import { shellFinder, type ShellScript, type Told } from './builds';
import { hasShort, isInstall, packageCall, type PackageCall } from './package-tools';

/** DF-011 */
export const LEAN_APT: FileRule = {
  id: 'DF-011',
  severity: 'HIGH',
  kind: 'invariant',
  statement:
    'Packages come by apt-get with -y and --no-install-recommends, the lists are removed where they were fetched, and apt is not used',
  why: 'recommended packages are code that nobody asked for; apt is made for people and promises nothing to scripts',
  next: 'write apt-get update && apt-get install -y --no-install-recommends ... && rm -rf /var/lib/apt/lists/*',
  fix: 'the platform writes every installation so',
  sources: ['Trivy DS-0021', 'Trivy DS-0029', 'hadolint DL3009, DL3014, DL3015 and DL3027', 'Dockle DKL-DI-0005'],
  check: (subject) => subject.eachContext((context) => findFat(context)),
};

const findFat = shellFinder(({ invocations }: ShellScript) => {
  const found = flatMap(invocations, (invocation): Told[] => {
    const call = packageCall(invocation);
    return (call ? whatIsFat(call, invocation.args) : []).map((what) => [invocation.command, what]);
  });
  const update = invocations.findIndex((one) => {
    const call = packageCall(one);
    return call?.tool.startsWith('apt') === true && call.action === 'update';
  });
  const isRemoved = invocations
    .slice(update + 1)
    .some(({ program, args }) => program === 'rm' && args.some((word) => word.startsWith('/var/lib/apt/lists')));
  return update < 0 || isRemoved
    ? found
    : [...found, [invocations[update]!.command, 'the lists of apt are left behind: rm -rf /var/lib/apt/lists/*']];
});

function whatIsFat(call: PackageCall, args: readonly string[]): string[] {
  const { tool, options } = call;
  if (tool === 'apt') {
    return [`apt ${call.action}: the program for scripts is apt-get`];
  }
  if (tool !== 'apt-get' || !isInstall(call)) {
    return [];
  }
  const isSure = hasShort(options, 'y') || options.some((option) => /^--(?:yes|assume-yes)$/.test(option));
  const isLean =
    options.includes('--no-install-recommends') ||
    /APT::Install-Recommends=["']?(?:0|false|no)\b/i.test(args.join(' '));
  return [
    ...(isSure ? [] : ['apt-get install asks and waits: -y']),
    ...(isLean ? [] : ['apt-get install brings recommended packages too: --no-install-recommends']),
  ];
}
