import type { ImageReport } from './image-report';
import type { IndexedRule } from './rule-index';
import { sarifResults } from './sarif-results';
import { GRANT_RULE, toSarifRule } from './sarif-rules';
import { gravestFirst } from './sarif-told';
import { sarifTexts } from './to-sarif';

/** Results of one run that GitHub accepts. */
const RESULTS = 25_000;

/** The report for code scanning: SARIF 2.1.0, in pieces. */
export function renderSarif(rules: readonly IndexedRule[], images: readonly ImageReport[]): Iterable<string> {
  let number = 0;
  let grants = false;
  for (const { finding } of gravestFirst(rules, images)) {
    grants ||= number < RESULTS && finding === undefined;
    number++;
  }
  const run = {
    tool: {
      driver: {
        name: 'projen-nginx-php',
        informationUri: 'https://www.npmjs.com/package/projen-nginx-php',
        rules: [...rules.map(toSarifRule), ...(grants ? [GRANT_RULE] : [])],
      },
    },
    invocations: [{ executionSuccessful: true, ...leftOut(Math.max(0, number - RESULTS)) }],
    originalUriBaseIds: { OUTPUT: { description: { text: 'The directory that this file lies in' } } },
    columnKind: 'utf16CodeUnits',
  };
  return sarifTexts(run, sarifResults(rules, first(RESULTS, gravestFirst(rules, images))));
}

function leftOut(number: number): object {
  const text = `${number} results are left out, of which there are too many for GitHub; compliance.json has them all`;
  return number === 0 ? {} : { toolExecutionNotifications: [{ level: 'warning', message: { text } }] };
}

function* first<T>(number: number, items: Iterable<T>): Generator<T> {
  let left = number;
  for (const item of items) {
    if (left-- === 0) {
      return;
    }
    yield item;
  }
}
