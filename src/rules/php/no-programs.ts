import { PROCESS_FUNCTIONS } from '../../config';
import { flatMap } from '../../config/flat-map';
import { isOff } from '../parse/ini';
import type { FileRule, Finding } from '../rule';
import type { RuleContext, RuleSubject } from '../rule-subject';
import { fpmConfig, poolSettings, webSettings } from './settings';

/** PHP-003 */
export const NO_PROGRAMS: FileRule = {
  id: 'PHP-003',
  severity: 'HIGH',
  kind: 'bounded',
  statement:
    'A web request starts no program: the functions that do are disabled in every pool, those apart that are granted with a reason',
  why: 'whoever gets code into the application would go on with the programs of the system, and from there into the network',
  next: 'let a worker on the command line start programs; where a request has to, grant the one function with a reason (php.grants)',
  fix: 'the SecurityAspect disables the functions in the pool, and leaves out those that are granted',
  sources: ['OWASP PHP Configuration Cheat Sheet', 'snuffleupagus: disable_function', 'suhosin'],
  check: (subject) =>
    subject.eachContext((context) => [...findCallable(context, subject), ...findForeignCalls(context, subject)]),
};

function findCallable(context: RuleContext, subject: RuleSubject): Finding[] {
  const { file, pools } = fpmConfig(context, subject);
  const wanted = PROCESS_FUNCTIONS.filter((name) => !subject.isGranted(name));
  return flatMap(pools, ({ name, settings }) => {
    // PHP-FPM adds the functions of each line to those before.
    const disabled = poolSettings(settings)
      .filter((setting) => setting.name === 'disable_functions' && !setting.open)
      .flatMap(({ value }) => value.toLowerCase().split(/[ ,]+/));
    const callable = wanted.filter((one) => !disabled.includes(one));
    return callable.length === 0
      ? []
      : [{ file, what: `disable_functions of the pool ${name} lacks ${callable.join(', ')}` }];
  });
}

/** Foreign functions call into the C library, where every program can be started. */
function findForeignCalls(context: RuleContext, subject: RuleSubject): Finding[] {
  return webSettings(context, subject)
    .filter(({ name, value }) => name.toLowerCase() === 'ffi.enable' && !isOff(value) && value !== 'preload')
    .map(({ file, value }) => ({ file, what: `ffi.enable is ${value}: functions of C can be called` }));
}
