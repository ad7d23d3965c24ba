import { lastStage, stageFinding } from '../dockerfile/stages';
import type { Finding, FileRule } from '../rule';
import type { RuleContext, RuleSubject } from '../rule-subject';
import { programName } from './script-lines';
import { scriptLineFinder, LEGACY_PLACES, serviceTree } from './service-tree';
import { eachService } from '../runtime/compose';

/** SUP-002 */
export const OVERLAY_SETTINGS: FileRule = {
  id: 'SUP-002',
  severity: 'HIGH',
  kind: 'invariant',
  statement:
    's6 runs on a read-only root as a user without privileges, ends with a failed start, and changes no owner or mode',
  why: 's6-overlay would write to its root, stay up after a start that failed, or open /run to everybody',
  next: 'take out the variables of s6-overlay that were set, and what stands in its older directories',
  fix: 'S6Construct sets the variables, and the platform gives /run to the user of the image',
  sources: ['s6-overlay: notes on USER', 's6-overlay: preinit'],
  check: (subject) => [
    ...(subject.facts.supervisor === 'overlay' ? subject.eachContext(findInEnvironment) : []),
    ...eachService(subject, ({ fields: { environment } }) =>
      namesOf(environment)
        .filter((name) => name.startsWith('S6_'))
        .map((name) => `${name} changes how s6 runs`),
    ),
    ...subject.eachContext((context) => findLegacy(context, subject)),
    ...findPrivileged(subject),
    ...findRun(subject),
  ],
};

/** Programs of s6-overlay that change owners, or want to. */
const PRIVILEGED: ReadonlySet<string> = new Set(['fix-attrs', 'logutil-service', 'syslogd', 'syslogd-overlay']);

const findPrivileged = scriptLineFinder((words) => {
  const program = words.find((word) => PRIVILEGED.has(programName(word)));
  return program === undefined ? undefined : `${program} needs rights that the user of the image does not have`;
});

/** What s6-overlay has to be told, and the pattern of the value. */
const WANTED: Readonly<Record<string, RegExp>> = {
  S6_BEHAVIOUR_IF_STAGE2_FAILS: /^2$/,
  // Above 0: a service that never gets ready ends the container.
  S6_CMD_WAIT_FOR_SERVICES_MAXTIME: /^[1-9]\d*$/,
  // Services see the environment of the container, and no copy of it is written.
  S6_KEEP_ENV: /^1$/,
  S6_READ_ONLY_ROOT: /^1$/,
};

/** What a person may set besides: times and verbosity, which open nothing. */
const HARMLESS: readonly string[] = [
  'S6_CMD_RECEIVE_SIGNALS',
  'S6_KILL_FINISH_MAXTIME',
  'S6_KILL_GRACETIME',
  'S6_SERVICES_GRACETIME',
  'S6_SERVICES_READYTIME',
  'S6_SYNC_DISKS',
  'S6_VERBOSITY',
];

function findInEnvironment(context: RuleContext): Finding[] {
  const stage = lastStage(context);
  const set = stage.instructions
    .filter(({ keyword }) => keyword === 'ENV')
    .flatMap((instruction) => instruction.properties.map(({ name, value }) => ({ name, value, instruction })));
  const last = new Map(set.map((item) => [item.name, item]));
  return [
    ...Object.entries(WANTED)
      .filter(([name, pattern]) => !pattern.test(last.get(name)?.value ?? ''))
      .map(([name]) =>
        stageFinding(
          context,
          last.get(name)?.instruction ?? stage.from,
          `${name} is ${last.get(name)?.value ?? 'not set'}`,
        ),
      ),
    ...[...last.values()]
      .filter(({ name }) => name.startsWith('S6_') && !(name in WANTED) && !HARMLESS.includes(name))
      .map(({ name, instruction }) => stageFinding(context, instruction, `${name} changes how s6 runs`)),
  ];
}

function namesOf(environment: unknown): string[] {
  return Array.isArray(environment)
    ? environment.map((line) => String(line).split('=')[0]!)
    : Object.keys((environment ?? {}) as object);
}

/** Services there are restarted for ever, and scripts there run with no order among the others. */
function findLegacy(context: RuleContext, subject: RuleSubject): Finding[] {
  return serviceTree(context, subject)
    .files.filter(({ target }) => LEGACY_PLACES.some((place) => target.startsWith(place)))
    .map(({ file, target }) => ({ file, what: `${target} is one of the older directories of s6-overlay` }));
}

/** s6 refuses a /run that others may write to; s6-overlay starts programs from it. */
function findRun({ facts }: RuleSubject): Finding[] {
  const run = facts.writablePaths.find(({ path }) => path === '/run');
  const runs = facts.supervisor !== 'overlay' || run?.exec === true;
  const fits = run?.kind === 'tmpfs' && runs && (Number.parseInt(run.mode, 8) & 0o002) === 0;
  return fits
    ? []
    : [
        {
          what: `/run is not a tmpfs${runs ? '' : ' with exec'} that only the user of the image and its group may write to`,
        },
      ];
}
