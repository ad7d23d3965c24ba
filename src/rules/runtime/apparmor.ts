import { Pool } from '../../config';
import { flatMap } from '../../config/flat-map';
import { parseAppArmor, type AppArmorProfile } from '../parse/apparmor';
import type { Finding, FileRule } from '../rule';
import type { RuleSubject } from '../rule-subject';
import { isWide } from './apparmor-rules';
import { composeServices, eachService, securityOptions } from './compose';
import { asFields, show } from './fields';
import { clusterFields, eachContainer, eachPod } from './pods';

/** RT-007 */
export const APPARMOR: FileRule = {
  id: 'RT-007',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement:
    'An AppArmor profile that denies mounting, tracing and capabilities is shipped, and nothing runs unconfined',
  why: 'a second wall, which the kernel keeps also where the first ones have a hole',
  next: 'let apparmor.profile and compose.apparmor.yaml stand; what the server writes to is declared by addWritablePath',
  fix: 'apparmor.profile is written from the writable paths of the image',
  sources: ['CIS Docker 5.2', 'Pod Security Standards: AppArmor', 'OWASP Docker Security Cheat Sheet, rule 6'],
  check: (subject) => [
    ...findInProfile(subject),
    ...eachService(subject, (service) =>
      securityOptions(service)
        .filter(({ name, value }) => (name === 'label' && /^disable/i.test(value)) || isOpen(name, value))
        .map(({ name, value }) => `security_opt has ${name}=${value}`),
    ),
    ...eachPod(subject, ({ security }) => wrongReference(security.appArmorProfile)),
    ...eachContainer(subject, ({ security }) => wrongReference(security.appArmorProfile)),
    ...findInAnnotations(subject),
  ],
};

const FILE = 'apparmor.profile';

/** File that adds the profile, on hosts that have loaded it. */
const OVERLAY = 'compose.apparmor.yaml';

/** Includes of AppArmor itself that give a server nothing over the system. */
const PLAIN_INCLUDE = /^<(?:tunables\/[\w/-]+|abstractions\/(?:base|nameservice|openssl|ssl_certs))>$/;

function isOpen(name: string, value: string): boolean {
  return name === 'apparmor' && (value === '' || value === 'unconfined');
}

function findInProfile(subject: RuleSubject): Finding[] {
  const text = subject.text(FILE);
  if (text === undefined) {
    return [{ file: FILE, what: 'it is not there' }];
  }
  const unseen = [...text.matchAll(/^\s*#?include\s+(.*?)\s*$/gm)]
    .map(([, name]) => name!)
    .filter((name) => !PLAIN_INCLUDE.test(name));
  const [profile, ...more] = parseAppArmor(text);
  if (!profile || more.length > 0) {
    return [{ file: FILE, what: `it has ${profile ? more.length + 1 : 0} profiles, not one` }];
  }
  const used = composeServices(subject)
    .filter(({ path }) => path === OVERLAY)
    .flatMap(securityOptions)
    .filter(({ name }) => name === 'apparmor')
    .map(({ value }) => value);
  return [
    ...unseen.map((name) => ({ file: FILE, what: `it includes ${name}, whose rules nobody sees here` })),
    ...wrongRules(profile).map((what) => ({ file: FILE, what })),
    ...(used.length === 0 ? [{ file: OVERLAY, what: 'it names no AppArmor profile' }] : []),
    ...used
      .filter((name) => name !== profile.name)
      .map((name) => ({
        file: OVERLAY,
        what: `it names the profile ${name}, but that of the image is ${profile.name}`,
      })),
  ];
}

/** What a profile has to deny: a rule that denies wins over every other. */
const DENIED = ['capability', 'mount', 'ptrace'] as const;

function wrongRules({ flags, rules }: AppArmorProfile): string[] {
  return [
    ...flags
      .filter((flag) => ['complain', 'unconfined', 'default_allow', 'audit_unconfined'].includes(flag))
      .map((flag) => `the flag ${flag} lets everything pass`),
    ...DENIED.filter(
      (name) => !rules.some((rule) => /^(?:audit )?deny /.test(rule) && rule.endsWith(`deny ${name}`)),
    ).map((name) => `it does not deny ${name}`),
    ...rules.filter(allowsMuch).map((rule) => `it allows ${rule}`),
  ];
}

/** What rules are: those of one profile are, but for its paths, those of the next. */
const MUCH = new Pool<boolean>(200);

function allowsMuch(rule: string): boolean {
  return MUCH.share(rule, () => !/^(?:audit )?deny /.test(rule) && isWide(rule));
}

function wrongReference(value: unknown): string[] {
  if (value === undefined) {
    return [];
  }
  const { type } = asFields(value, 'appArmorProfile');
  return type === 'RuntimeDefault' || type === 'Localhost' ? [] : [`appArmorProfile is ${show(type)}`];
}

/** What older clusters read. */
function findInAnnotations(subject: RuleSubject): Finding[] {
  return flatMap(clusterFields(subject), ({ path, fields: { annotations } }) =>
    Object.entries(asFields(annotations, 'annotations'))
      .filter(([name, value]) => /apparmor/.test(name) && /unconfined/i.test(String(value)))
      .map(([name]) => ({ file: path, what: `the annotation ${name} takes the profile away` })),
  );
}
