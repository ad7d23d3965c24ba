import type { Severity } from '../rules';
import type { IndexedRule } from './rule-index';
import type { SarifRule } from './sarif-types';

/** How GitHub reads a severity: above 9, from 7, from 4, below. */
const SCORES: Readonly<Record<Severity, string>> = { CRITICAL: '9.5', HIGH: '7.5', MEDIUM: '5.5', LOW: '2.0' };

/** What GitHub takes of a short and of a full description. */
const DESCRIPTION = 1024;

/** A grant that no rule answers for, because without it the image would break none. */
export const GRANT_RULE: SarifRule = {
  id: 'GRANT',
  shortDescription: { text: 'A bound of a hardening rule was moved' },
  fullDescription: { text: 'A person moved a bound of a hardening rule and said why; no rule of this image needs it' },
  help: { text: 'Take the grant out of php.grants if nothing needs it any more.' },
  defaultConfiguration: { level: 'note' },
  properties: { tags: ['security', 'grant'], precision: 'very-high', 'security-severity': SCORES.LOW },
};

/** A rule with the text that explains it. */
export function toSarifRule({ key, pack, rule }: IndexedRule): SarifRule {
  const { statement, why, next, fix, severity, sources, level = 'error' } = rule;
  return {
    id: filled(key),
    shortDescription: { text: cut(filled(statement)) },
    fullDescription: { text: cut(`${statement}: ${why}`) },
    help: {
      text: [
        `${statement}.`,
        `Why: ${why}.`,
        `What to do: ${next}.`,
        ...(fix === undefined ? [] : [`Done for you: ${fix}.`]),
        `Sources: ${sources.join('; ')}.`,
      ].join('\n'),
    },
    defaultConfiguration: { level },
    properties: {
      tags: ['security', pack, rule.kind],
      precision: 'very-high',
      'security-severity': SCORES[severity],
    },
  };
}

/** SARIF has no empty texts. */
export function filled(text: string): string {
  return text.trim() === '' ? '(no text)' : text;
}

function cut(text: string): string {
  return text.length <= DESCRIPTION ? text : `${text.slice(0, DESCRIPTION - 1)}…`;
}
