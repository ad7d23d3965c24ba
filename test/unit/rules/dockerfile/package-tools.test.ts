import { hasShort, isInstall, packageCall, type PackageCall } from '../../../../src/rules/dockerfile/package-tools';
import { invocations, parseShell } from '../../../../src/rules/parse/shell';

function callOf(text: string): PackageCall | undefined {
  return packageCall(invocations(parseShell(text))[0]!);
}

it.each<readonly [string, PackageCall]>([
  ['apt-get update', { tool: 'apt-get', action: 'update', options: [], packages: [] }],
  ['/sbin/apk add -U a b=1', { tool: 'apk', action: 'add', options: ['-U'], packages: ['a', 'b=1'] }],
  [
    'apt -t trixie-backports -o Dpkg::Use-Pty=0 install -y a',
    { tool: 'apt', action: 'install', options: ['-t', '-o', '-y'], packages: ['a'] },
  ],
  ['apk add --virtual .build gcc', { tool: 'apk', action: 'add', options: ['--virtual'], packages: ['gcc'] }],
  ['apt-get --version', { tool: 'apt-get', action: '', options: ['--version'], packages: [] }],
])('%j asks a package tool', (text, call) => {
  expect(callOf(text)).toEqual(call);
});

it.each(['dpkg -i a.deb', 'aptitude install a', 'echo apk add a'])('%j asks none', (text) => {
  expect(callOf(text)).toBeUndefined();
});

it.each([
  ['apk add a', true],
  ['apk install a', false],
  ['apk del a', false],
  ['apt-get install a', true],
  ['apt reinstall a', true],
  ['apt-get add a', false],
  ['apt-get remove a', false],
])('%j installs: %j', (text, installs) => {
  expect(isInstall(callOf(text)!)).toBe(installs);
});

it.each([
  [['-qy'], true],
  [['-q', '-y'], true],
  [['--yes'], false],
  [['-q=y'], false],
  [['-oDpkg::Use-Pty=y'], false],
  [['-q'], false],
  [[], false],
])('%j has the short option y: %j', (options, has) => {
  expect(hasShort(options, 'y')).toBe(has);
});
