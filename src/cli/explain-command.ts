import { didYouMean } from '../errors';
import { PLAN_RULES } from '../publish/rules/check-plan';
import { HARDENING_PACKS, type RuleText } from '../rules';
import { STATUS } from './exit-status';
import { renderTable } from './table';
import { paint, print, printJson } from './terminal';
import { UsageError } from './usage-error';
import { NOT_ADOPTED } from '../rules/not-adopted';

/** Options of `explain`. */
export interface ExplainCommandOptions {
  /** Ids of rules, in upper or lower case; none: all rules are listed. */
  readonly rules: readonly string[];
  readonly json?: boolean;
}

/** A rule as it is told: its text, without its check. */
interface ToldRule extends Omit<RuleText, 'level'> {
  readonly pack: string;
  readonly level: 'error' | 'warning';
}

/** Name of the rules over a plan: they judge a publish, not an image. */
const PUBLISH = 'publish';

/** `dockerfile-generator explain [RULE]`: what a hardening rule asks for, and why; gives the exit status. */
export function explainCommand({ rules: asked, json }: ExplainCommandOptions): number {
  const all = [...HARDENING_PACKS, { name: PUBLISH, rules: PLAN_RULES }].flatMap(({ name, rules }) =>
    rules.map((rule: RuleText) => toldOf(name, rule)),
  );
  const told = asked.length === 0 ? all : asked.map((id) => find(id, all));
  if (json) {
    printJson(told);
  } else {
    print(asked.length === 0 ? list(told) : told.map(describe).join('\n'));
  }
  return STATUS.ok;
}

function find(id: string, rules: readonly ToldRule[]): ToldRule {
  const rule = rules.find((one) => one.id === id.toUpperCase());
  if (!rule) {
    throw unknownRule(
      id,
      rules.map((one) => one.id),
    );
  }
  return rule;
}

function list(rules: readonly ToldRule[]): string {
  const head = ['RULE', 'SEVERITY', 'STATEMENT'].map((title) => paint('bold', title));
  return renderTable([head, ...rules.map(({ id, severity, statement }) => [id, severity.toLowerCase(), statement])]);
}

function toldOf(pack: string, rule: RuleText): ToldRule {
  const { id, severity, level = 'error', kind, statement, why, next, fix, sources } = rule;
  return { id, pack, severity, level, kind, statement, why, next, fix, sources };
}

const KINDS: Readonly<Record<ToldRule['kind'], string>> = {
  invariant: 'invariant: nothing widens it',
  bounded: 'bounded: moved within what it states, with a reason that stands in the report',
};

function effect({ level, pack }: ToldRule): string {
  if (pack === PUBLISH) {
    return 'stops a publish before its first step';
  }
  return level === 'error' ? 'fails a synthesis' : 'a warning of the report';
}

function describe(rule: ToldRule): string {
  const rows = [
    ['why:', rule.why],
    ['do:', rule.next],
    ['kept:', rule.fix ?? 'it is only refused, for a repair would guess'],
    ['kind:', KINDS[rule.kind]],
    ['level:', effect(rule)],
    ['severity:', rule.severity.toLowerCase()],
    ['pack:', rule.pack],
    ['sources:', rule.sources.join('; ')],
  ];
  return `${paint('bold', rule.id)} ${rule.statement}\n\n${renderTable(rows)}`;
}

function unknownRule(id: string, known: readonly string[]): UsageError {
  const where = 'dockerfile-generator explain';
  const left = NOT_ADOPTED.find((one) => one.id === id.toUpperCase());
  if (left) {
    const what = `${left.id} is no rule of these images: ${left.statement}`;
    return new UsageError([{ where, what, why: left.reason, next: `see the rules that there are: ${where}` }]);
  }
  const near = didYouMean(id.toUpperCase(), known);
  const next = near.startsWith('"')
    ? `write ${JSON.parse(near) as string}; all rules: ${where}`
    : `see all rules: ${where}`;
  return new UsageError([{ where, what: `there is no rule ${JSON.stringify(id)}`, next }]);
}
