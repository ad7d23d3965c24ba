import { flatMap } from '../../config/flat-map';
import type { Invocation } from '../parse/shell';
import type { FileRule, Finding } from '../rule';
import type { RuleContext } from '../rule-subject';
import { programFinder, shellFinder, type Told } from './builds';
import { hasShort, packageCall } from './package-tools';
import { findInstructions } from './stages';

const UPGRADES = /^(?:dist-upgrade|full-upgrade|upgrade)$/;

/** Words that switch off a check, whichever program they are for. */
const UNSAFE_WORDS =
  /^--(?:allow-(?:downgrades|insecure-repositories|remove-essential|unauthenticated|untrusted)|disable-tls|force-yes|no-check-c[a-z]*|no-gpg-check|no-verify-ssl|nogpgcheck|skip-verify|trusted-host(?:=.*)?)$/;

/** Settings that do so. */
const UNSAFE_SETTINGS =
  /(?:Allow(?:Insecure|Weak|Downgrade)\w*|AllowUnauthenticated|Verify-(?:Peer|Host)=["']?(?:0|false|no))|http\.sslVerify=["']?(?:0|false)|strict-ssl(?:=| )["']?false/i;

/** Whether a variable does so. */
function isUnsafeVariable(name: string, value: string): boolean {
  return (
    name === 'GIT_SSL_NO_VERIFY' || (/^(?:NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY)$/.test(name) && value === '0')
  );
}

/** DF-014 */
export const NO_UNSAFE_OPTIONS: FileRule = {
  id: 'DF-014',
  severity: 'HIGH',
  kind: 'invariant',
  statement:
    'Nothing switches off the check of a certificate, of a signature or of what a package replaces, and nothing upgrades the whole base',
  why: 'without the check anybody on the way decides what is installed; after an upgrade the pinned base is another one',
  next: 'take the option out, and mend what it hid: a missing certificate, key or newer base',
  sources: ['Trivy DS-0024', 'Dockle DKL-DI-0003', 'CIS Docker 4.11', 'CIS DI-0011', 'Checkov CKV2_DOCKER'],
  check: (subject) =>
    subject.eachContext((context) => [
      ...findUnsafe(context),
      ...findUnsafeSettings(context),
      ...findUnsafeVariables(context),
    ]),
};

const findUnsafe = programFinder(whatIsUnsafe);

function whatIsUnsafe(invocation: Invocation): string | undefined {
  const { program, args } = invocation;
  const call = packageCall(invocation);
  if (call && call.tool !== 'apk' && UPGRADES.test(call.action)) {
    return `${program} ${call.action}`;
  }
  const word = args.find((one) => UNSAFE_WORDS.test(one));
  if (word !== undefined) {
    return `${program} ${word}`;
  }
  if (
    (program === 'curl' && (hasShort(args, 'k') || args.includes('--insecure'))) ||
    (program === 'wget' && args.includes('--no-hsts'))
  ) {
    return `${program} does not check the certificate`;
  }
  const setting = UNSAFE_SETTINGS.exec(args.join(' '))?.[0];
  return setting === undefined ? undefined : `${program} with ${setting}`;
}

const findUnsafeSettings = shellFinder(({ commands }) =>
  flatMap(commands, (command) => {
    const trusted = /\[[^\]]*trusted\s*=\s*yes[^\]]*\]|^Trusted:\s*yes/im.exec(
      [...command.words, ...command.documents].join('\n'),
    );
    // What such a program is given are words.
    const isGiven = /^(?:\S*\/)?(?:declare|env|export|local|readonly|typeset)$/.test(command.words[0] ?? '');
    const given = (isGiven ? command.words : []).flatMap((word) => {
      const [, name, value] = /^(\w+)=(.*)$/s.exec(word) ?? [];
      return name === undefined ? [] : [{ name, value: value! }];
    });
    return [
      ...(trusted ? [`a repository is trusted without its key: ${trusted[0]}`] : []),
      ...[...command.assignments, ...given]
        .filter(({ name, value }) => isUnsafeVariable(name, value))
        .map(({ name, value }) => `${name}=${value}`),
    ].map((what): Told => [command, what]);
  }),
);

/** Of the image, or of all that follows in a stage. */
function findUnsafeVariables(context: RuleContext): Finding[] {
  return findInstructions(context, ['ARG', 'ENV'], ({ keyword, properties }) => {
    const found = properties.find(({ name, value }) => isUnsafeVariable(name, value ?? ''));
    return found && `${keyword} ${found.name}=${found.value ?? ''}`;
  });
}
