import { lastStage } from '../dockerfile/stages';
import type { Finding, FileRule } from '../rule';
import type { RuleContext, RuleSubject } from '../rule-subject';
import { installedFiles, SERVICE_ROOTS } from './installed-files';
import { isProgram, scriptLines } from './script-lines';
import { eachLongRun, serviceTree } from './service-tree';
import { composeServices } from '../runtime/compose';
import { pods } from '../runtime/pods';

/** SUP-007 */
export const BOUNDED_STOP: FileRule = {
  id: 'SUP-007',
  severity: 'LOW',
  kind: 'invariant',
  statement: 'The time that every service has to stop is bounded, and ends before that of compose and Kubernetes',
  why: 'what is not done when the time of the orchestrator ends is killed in the middle: a request, a write, a job',
  next: 'choose s6.stopTimeout, and leave stop_grace_period and terminationGracePeriodSeconds to it',
  fix: 'S6Construct writes the times of the services, and the deployment files those of the whole',
  sources: ['s6-overlay: S6_KILL_GRACETIME, S6_SERVICES_GRACETIME'],
  check: (subject) => [
    ...eachLongRun(subject, ({ files, place }) => {
      const time = files.get('timeout-kill');
      return /^[1-9]\d*$/.test(time?.text.trim() ?? '')
        ? []
        : [{ file: time?.file ?? `${place}/timeout-kill`, what: 'the service has no time after which it is killed' }];
    }),
    ...subject.eachContext((context) => {
      const total = stopTime(context, subject);
      return Number.isFinite(total)
        ? findShort(total, subject)
        : [{ file: context.pathOf('s6-overlay'), what: 'the time of the whole stop has no bound' }];
    }),
  ],
};

/** Milliseconds after which s6 has stopped everything; infinite where something has no bound. */
function stopTime(context: RuleContext, subject: RuleSubject): number {
  if (subject.facts.supervisor === 'overlay') {
    return (
      milliseconds(environmentOf(context, 'S6_SERVICES_GRACETIME')) +
      milliseconds(environmentOf(context, 'S6_KILL_GRACETIME'))
    );
  }
  const script = installedFiles(context, subject).find(
    ({ target }) => target === `${SERVICE_ROOTS.distribution}/service/.s6-svscan/SIGTERM`,
  );
  const stops = scriptLines(script?.text ?? '').filter(({ words }) => words.some((word) => isProgram(word, 's6-svc')));
  const one = stops.map(({ words }) => milliseconds(words[words.indexOf('-T') + 1]));
  // Plain s6 stops one after the other.
  return one.length < serviceTree(context, subject).services.length
    ? Infinity
    : one.reduce((sum, each) => sum + each, 0);
}

/** Of s6, 0 is for ever. */
function milliseconds(text: string | undefined): number {
  return /^[1-9]\d*$/.test(text ?? '') ? Number(text) : Infinity;
}

function environmentOf(context: RuleContext, name: string): string | undefined {
  return lastStage(context)
    .instructions.filter(({ keyword }) => keyword === 'ENV')
    .flatMap(({ properties }) => properties)
    .filter((property) => property.name === name)
    .at(-1)?.value;
}

/** What engines and clusters give where nothing is said, in seconds. */
const BY_DEFAULT = { compose: 10, kubernetes: 30 } as const;

function findShort(total: number, subject: RuleSubject): Finding[] {
  const compose = composeServices(subject)
    .filter(({ overlay, fields }) => !overlay || fields.stop_grace_period !== undefined)
    .map(({ path, fields }) => ({ path, seconds: duration(fields.stop_grace_period ?? `${BY_DEFAULT.compose}s`) }));
  const cluster = pods(subject).map(({ path, spec }) => ({
    path,
    seconds: Number(spec.terminationGracePeriodSeconds ?? BY_DEFAULT.kubernetes),
  }));
  return [...compose, ...cluster]
    .filter(({ seconds }) => !(seconds * 1000 > total))
    .map(({ path, seconds }) => ({
      file: path,
      what: `the container is killed after ${seconds} seconds, but its services take up to ${total / 1000}`,
    }));
}

const UNITS: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

/** Seconds of a duration of compose: `1m30s`. */
function duration(value: unknown): number {
  const parts = [...String(value).matchAll(/(\d+(?:\.\d+)?)(us|ms|s|m|h)/g)];
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * UNITS[unit!]!, 0);
}
