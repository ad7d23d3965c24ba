import { flatMap } from '../../config/flat-map';
import { readOnce } from '../parsed-texts';
import type { Finding, FileRule } from '../rule';
import type { RuleSubject } from '../rule-subject';
import { eachService, securityOptions, type ComposeService } from './compose';
import { asFields, asList, show } from './fields';
import { clusterFields, eachContainer, eachPod } from './pods';
import { wrongProfile } from './seccomp-calls';

/** RT-006 */
export const SECCOMP: FileRule = {
  id: 'RT-006',
  severity: 'HIGH',
  kind: 'invariant',
  statement: 'A seccomp profile that refuses what it does not name is shipped and used, and nothing runs unconfined',
  why: 'every call that the kernel takes from the server is one by which it may be broken into',
  next: 'let seccomp.json and what refers to it stand; calls of an extension come with php.extensions',
  fix: 'seccomp.json is written from the calls that nginx, PHP-FPM, s6 and the extensions need',
  sources: [
    'CIS Docker 5.22',
    'Pod Security Standards: seccompProfile',
    'OWASP Docker Security Cheat Sheet, rule 6',
    'NIST SP 800-190 4.4.3',
  ],
  check: (subject) => [
    ...findInProfile(subject),
    ...eachService(subject, inCompose),
    ...eachPod(subject, ({ security }) => wrongReference(security.seccompProfile, false)),
    ...eachContainer(subject, ({ security, pod }) =>
      wrongReference(security.seccompProfile, pod.security.seccompProfile === undefined),
    ),
    ...findInAnnotations(subject),
    ...findInComponents(subject),
  ],
};

const PROFILE = 'seccomp.json';

function findInProfile(subject: RuleSubject): Finding[] {
  const text = subject.text(PROFILE);
  if (text === undefined) {
    return [{ file: PROFILE, what: 'it is not there' }];
  }
  const profile = asFields(readOnce(parseJson, text), PROFILE);
  return wrongProfile(profile, subject.facts.php.extensions).map((what) => ({ file: PROFILE, what }));
}

/** The same function each time, by which a text that is the same is known. */
function parseJson(text: string): unknown {
  return JSON.parse(text);
}

function inCompose(service: ComposeService): string[] {
  const given = securityOptions(service).filter(({ name }) => name === 'seccomp');
  return [
    ...(given.length === 0 && !service.overlay ? ['security_opt names no seccomp profile'] : []),
    ...given
      .filter(({ value }) => value !== `./${PROFILE}` && value !== PROFILE)
      .map(({ value }) => `seccomp is ${value}, not ./${PROFILE}`),
  ];
}

function wrongReference(value: unknown, required: boolean): string[] {
  if (value === undefined) {
    return required ? ['it has no seccompProfile'] : [];
  }
  const { type, localhostProfile } = asFields(value, 'seccompProfile');
  return type === 'RuntimeDefault' || (type === 'Localhost' && typeof localhostProfile === 'string')
    ? []
    : [`seccompProfile is ${show(type)}`];
}

/** What older clusters read. */
function findInAnnotations(subject: RuleSubject): Finding[] {
  return flatMap(clusterFields(subject), ({ path, fields: { annotations } }) =>
    Object.entries(asFields(annotations, 'annotations'))
      .filter(([name, value]) => /seccomp/.test(name) && /unconfined/i.test(String(value)))
      .map(([name]) => ({ file: path, what: `the annotation ${name} takes the profile away` })),
  );
}

/** A component may put a profile of seccomp where one is, and change nothing else. */
function findInComponents(subject: RuleSubject): Finding[] {
  return clusterFields(subject)
    .filter(({ fields }) => fields.kind === 'Component')
    .flatMap(({ path: file, fields }) =>
      asList(fields.patches, 'patches')
        .flatMap((item) => operationsOf(asFields(item, 'a patch').patch))
        .filter(({ op, path, value }) => !isReplacement(op, path) || wrongReference(value, true).length > 0)
        .map(({ op, path }) => ({
          file,
          what: `the patch does ${show(op)} at ${show(path)}, and not only a seccomp profile of the node`,
        })),
    );
}

/** Operations of a JSON patch; a patch of another form is one that says everything. */
function operationsOf(patch: unknown): ReadonlyArray<Readonly<Record<string, unknown>>> {
  try {
    return asList(JSON.parse(String(patch)), 'a patch').map((item) => asFields(item, 'an operation'));
  } catch {
    return [{ op: 'anything', path: 'anywhere' }];
  }
}

function isReplacement(op: unknown, path: unknown): boolean {
  return (
    op === 'replace' && /^\/spec\/template\/spec\/(?:\w+\/\d+\/)?securityContext\/seccompProfile$/.test(String(path))
  );
}
