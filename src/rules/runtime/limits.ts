import { onceFor } from '../../config/once-for';
import type { FileRule } from '../rule';
import type { RuleSubject } from '../rule-subject';
import { eachService, type ComposeService } from './compose';
import { asFields, show, type Fields } from './fields';
import { eachContainer } from './pods';

/** RT-009 */
export const LIMITS: FileRule = {
  id: 'RT-009',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement: 'Memory, processors, processes and open files of the container are limited, with room for every worker',
  why: 'without a limit one container takes the host down with it; with too tight a one the server cannot start its workers',
  next: 'let mem_limit, cpus, pids_limit and ulimits.nofile stand, and change php.fpm.maxChildren or php.memoryLimit',
  fix: 'compose.yaml and kubernetes.yaml count the limits from the configuration',
  sources: ['CIS Docker 5.11, 5.12, 5.19, 5.29', 'OWASP Docker Security Cheat Sheet, rule 7'],
  check: (subject) => [
    ...eachService(subject, (service) => inCompose(service, subject)),
    ...eachContainer(subject, ({ fields }) => {
      const limits = asFields(asFields(fields.resources, 'resources').limits, 'limits');
      return ['memory', 'cpu']
        .filter((name) => !isAmount(limits[name]))
        .map((name) => `resources.limits.${name} is ${show(limits[name])}`);
    }),
  ],
};

function inCompose({ fields, overlay }: ComposeService, subject: RuleSubject): string[] {
  const { limits } = asFields(asFields(fields.deploy, 'deploy').resources, 'resources');
  const modern = asFields(limits, 'limits');
  const asked = (value: unknown): boolean => !overlay || value !== undefined;
  const amounts: Fields = { mem_limit: fields.mem_limit ?? modern.memory, cpus: fields.cpus ?? modern.cpus };
  const pids = fields.pids_limit ?? modern.pids;
  const { nofile } = asFields(fields.ulimits, 'ulimits');
  const least = workersOf(subject) + BESIDE_WORKERS;
  return [
    ...Object.entries(amounts)
      .filter(([, value]) => asked(value) && !isAmount(value))
      .map(([name, value]) => `${name} is ${show(value)}`),
    ...(asked(pids) && !isAmount(pids) ? [`pids_limit is ${show(pids)}`] : []),
    ...(isAmount(pids) && Number(pids) < least
      ? [`pids_limit is ${String(pids)}, too few for ${least} processes and threads`]
      : []),
    ...(asked(fields.ulimits) && !isLimit(nofile) ? [`ulimits.nofile is ${show(nofile)}`] : []),
  ];
}

/** s6, the masters, the health check and what is run beside. */
const BESIDE_WORKERS = 30;

/** A number above 0, with or without a unit; a negative one, 0 and `unlimited` are no limit. */
export function isAmount(value: unknown): boolean {
  return (
    (typeof value === 'number' || typeof value === 'string') &&
    /^(?!0*(?:\.0*)?[a-z]*$)\d+(?:\.\d+)?[a-z]*$/i.test(String(value))
  );
}

function isLimit(nofile: unknown): boolean {
  const values = typeof nofile === 'object' && nofile !== null ? Object.values(nofile) : [nofile];
  return values.length > 0 && values.every(isAmount);
}

/** Workers of PHP-FPM, and of nginx where their number stands there. */
const workersOf = onceFor((subject: RuleSubject): number => {
  const counts = subject.contexts.map((context) => {
    const children = context.ini('php-fpm.conf').filter(({ name }) => name === 'pm.max_children');
    const workers = context.nginx().find(({ name }) => name === 'worker_processes');
    return children.reduce((sum, { value }) => sum + count(value), 0) + count(workers?.args[0]);
  });
  return Math.max(0, ...counts);
});

/** What cannot be known, such as `auto`, counts as one. */
function count(text: string | undefined): number {
  return /^\d+$/.test(text ?? '') ? Number(text) : 1;
}
