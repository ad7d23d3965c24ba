import { unwantedPackage } from '../../catalog';
import type { FileRule } from '../rule';
import { flagOf, lastStage, stageFinding } from './stages';

const NEEDED = ['interval', 'timeout', 'start-period', 'retries'];

/** DF-006 */
export const HEALTH_CHECK: FileRule = {
  id: 'DF-006',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement: 'The image has a HEALTHCHECK with its times and tries, by a program that is there anyway',
  why: 'without it a server that hangs counts as running; and a client such as curl, put in for it, serves an attacker too',
  next: 'take out what changes HEALTHCHECK: the one of the platform asks nginx and PHP-FPM by PHP itself',
  fix: 'the platform writes a HEALTHCHECK that asks /ping by PHP’s command line',
  sources: ['CIS Docker 4.6', 'CIS Docker 5.27', 'Trivy DS-0026', 'hadolint DL3057', 'CIS DI-0006'],
  check: (subject) =>
    subject.eachContext((context) => {
      const stage = lastStage(context);
      const check = stage.instructions.filter(({ keyword }) => keyword === 'HEALTHCHECK').at(-1);
      if (!check || /^none$/i.test(check.text.trim())) {
        return [stageFinding(context, check ?? stage.from, 'the image has no HEALTHCHECK')];
      }
      const missing = NEEDED.filter((name) => !/^[\d.]*[1-9]/.test(flagOf(check, name) ?? ''));
      const client = [...(check.exec ?? []), ...check.words]
        .flatMap((word) => word.split(/[\s"'/[\],;&|]+/))
        .find((word) => word !== '' && unwantedPackage(word) !== undefined);
      return [
        ...missing.map((name) => stageFinding(context, check, `HEALTHCHECK does not set --${name}`)),
        ...(client === undefined
          ? []
          : [stageFinding(context, check, `HEALTHCHECK needs ${client}, which the image does not have`)]),
      ];
    }),
};
