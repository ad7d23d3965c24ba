import type { FileRule } from '../rule';
import { eachService, type ComposeService } from './compose';
import { asFields, isUnset, show } from './fields';

/** RT-010 */
export const RESTART: FileRule = {
  id: 'RT-010',
  severity: 'LOW',
  kind: 'invariant',
  statement: 'A container that keeps failing is started again five times at most, and s6 is its only init',
  why: 'an endless restart hides what is broken and keeps the host busy; a second init takes from s6 the place of process 1, and it does not start',
  next: 'let restart be on-failure:5, and take out init',
  fix: 'compose.yaml sets restart',
  sources: ['CIS Docker 5.15', 's6-overlay: it runs as process 1 alone'],
  check: (subject) =>
    eachService(subject, (service) => [
      ...restarts(service),
      ...(isUnset(service.fields.init) ? [] : [`init is ${show(service.fields.init)}`]),
    ]),
};

function restarts({ fields, overlay }: ComposeService): string[] {
  const policy = asFields(fields.deploy, 'deploy').restart_policy;
  if (policy !== undefined) {
    const { condition, max_attempts: attempts } = asFields(policy, 'restart_policy');
    const bounded = condition === 'none' || (condition === 'on-failure' && /^[1-5]$/.test(String(attempts)));
    return bounded ? [] : [`restart_policy is ${show(policy)}`];
  }
  const { restart } = fields;
  if ((restart === undefined && overlay) || restart === 'no' || /^on-failure:[1-5]$/.test(String(restart))) {
    return [];
  }
  return [`restart is ${show(restart)}`];
}
