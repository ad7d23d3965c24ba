import { subjectOf } from './written';
import { Testing, ImageConstruct, type Rule } from '../../../src';
import { evaluateRules } from '../../../src/rules/evaluate';
import type { FileRule, Finding, TreeRule } from '../../../src/rules/rule';

const TEXT = { severity: 'LOW', kind: 'invariant', statement: 's', why: 'w', next: 'n', sources: [] } as const;
const WRONG: readonly Finding[] = [{ what: 'it is wrong' }];

function rule(id: string, check: FileRule['check'], level?: 'warning'): FileRule {
  return { id, ...TEXT, check, level };
}

function treeRule(id: string, checkTree: TreeRule['checkTree']): TreeRule {
  return { id, ...TEXT, checkTree };
}

/** What becomes of rules for an image of which there is an output alone: `A-001 passed`. */
function judged(rules: readonly Rule[]): string[] {
  return evaluateRules(rules, subjectOf('FROM scratch')).map(({ rule: { id }, status }) => `${id} ${status}`);
}

test('GIVEN rules in any order, THEN they are asked in that of their ids, each time', () => {
  const rules = ['B-002', 'A-010', 'B-001', 'A-002'].map((id) => rule(id, () => []));
  const ordered = ['A-002 passed', 'A-010 passed', 'B-001 passed', 'B-002 passed'];

  expect(judged(rules)).toEqual(ordered);
  expect(rules.map(({ id }) => id)).toEqual(['B-002', 'A-010', 'B-001', 'A-002']);
  const frozen = Object.freeze(rules);
  expect([judged(frozen), judged(frozen)]).toEqual([ordered, ordered]);
});

test('GIVEN a list that grows, THEN what came later is asked too', () => {
  const rules = [rule('A-001', () => [])];
  judged(rules);
  rules.push(rule('A-000', () => []));

  expect(judged(rules)).toEqual(['A-000 passed', 'A-001 passed']);
});

test.each([
  ['finds nothing', rule('A-001', () => []), 'passed'],
  ['finds something', rule('A-001', () => WRONG), 'violated'],
  ['warns', rule('A-001', () => WRONG, 'warning'), 'warned'],
  ['is to warn, and finds nothing', rule('A-001', () => [], 'warning'), 'passed'],
  ['needs the tree, where there is an output alone', treeRule('A-001', () => WRONG), 'skipped'],
])('GIVEN a rule that %s, THEN its status says so', (_, given, status) => {
  expect(judged([given])).toEqual([`A-001 ${status}`]);
});

test('GIVEN a rule that is skipped, THEN it is not asked, and finds nothing', () => {
  const checkTree = jest.fn(() => WRONG);
  const [result] = evaluateRules([treeRule('A-001', checkTree)], subjectOf('FROM scratch'));

  expect(result).toMatchObject({ status: 'skipped', findings: [] });
  expect(checkTree).not.toHaveBeenCalled();
});

test('GIVEN the tree, THEN a rule over it is asked with its image', () => {
  const image = new ImageConstruct(Testing.app(), 'shop', { php: '8.4', platform: 'debian' });
  const checkTree = jest.fn(() => WRONG);
  const [result] = evaluateRules([treeRule('A-001', checkTree)], subjectOf('FROM scratch'), image, new Map());

  expect(result).toMatchObject({ status: 'violated', findings: WRONG });
  expect(checkTree).toHaveBeenCalledWith(image);
});

test.each([
  { whose: 'people', own: undefined, isFrozen: true },
  { whose: 'this package', own: new Map<string, unknown>(), isFrozen: false },
])('GIVEN rules of $whose, THEN what they read is frozen: $isFrozen', ({ whose, own, isFrozen }) => {
  const subject = subjectOf({ 'nginx.conf': `events {} # ${whose}\n` });
  const read: unknown[] = [];
  evaluateRules([rule('A-001', ({ contexts }) => (read.push(contexts[0]!.nginx()), []))], subject, undefined, own);

  expect(read.map((value) => Object.isFrozen(value))).toEqual([isFrozen]);
});

test('GIVEN one thing that is wrong and one that could not be looked at, THEN a warning is a violation', () => {
  const findings = [...WRONG, { what: 'could not be checked: no file' }];

  expect(judged([rule('A-001', () => findings, 'warning')])).toEqual(['A-001 violated']);
});

describe.each([
  ['an error', new Error('amd64/Dockerfile is not there'), 'amd64/Dockerfile is not there'],
  ['something else', 'no such thing', 'no such thing'],
])('GIVEN a rule that throws %s', (_, thrown, why) => {
  const throwing = (): never => {
    throw thrown;
  };

  test.each([
    ['is an error', undefined],
    ['would only warn', 'warning'],
  ] as const)('and %s, THEN it counts as violated, and says why', (__, level) => {
    const [result] = evaluateRules([rule('A-001', throwing, level)], subjectOf('FROM scratch'));

    expect(result!.status).toBe('violated');
    expect(result!.findings).toEqual([
      { what: `could not be checked: ${why}`, next: 'mend what keeps the rule from looking, or the rule itself' },
    ]);
  });
});
