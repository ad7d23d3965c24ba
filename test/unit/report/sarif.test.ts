import { assessmentOf, imageFacts, warningRule } from './assessments';
import { synthReported } from './support';
import { ComplianceReport } from '../../../src/report';
import type { SarifResult, SarifRule } from '../../../src/report/sarif-types';

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly SarifRule[] } };
  readonly results: readonly SarifResult[];
  readonly invocations: ReadonlyArray<{ toolExecutionNotifications?: ReadonlyArray<{ message: { text: string } }> }>;
}

function runOf(text: string): Run {
  return (JSON.parse(text) as { runs: [Run] }).runs[0];
}

function sarifOf(report: ComplianceReport): string {
  return report.files().find(({ path }) => path === 'compliance.sarif')!.content;
}

const NGINX = 'user app;\nevents {}\n';

function resultOf(finding: { file?: string; what: string }, nginx = NGINX): SarifResult {
  const report = new ComplianceReport();
  const facts = imageFacts();
  const files = { 'amd64/Dockerfile': 'FROM scratch\n', 'amd64/nginx.conf': nginx };
  report.add(assessmentOf('shop', facts, [warningRule([finding])], files), facts);
  return runOf(sarifOf(report)).results[0]!;
}

test('a warning is a result at its line', () => {
  expect(resultOf({ file: 'amd64/nginx.conf:2', what: 'no team' })).toMatchObject({
    ruleId: 'OWN-001',
    level: 'warning',
    message: { text: 'shop: no team' },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'shop/amd64/nginx.conf', uriBaseId: 'OUTPUT' },
          region: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 10 },
        },
      },
    ],
  });
});

test('a warning of the image as a whole stands at its Dockerfile', () => {
  const [location] = resultOf({ what: 'no team' }).locations;
  expect(location!.physicalLocation.artifactLocation.uri).toBe('shop/amd64/Dockerfile');
});

test('a finding keeps its fingerprint when its line moves, and another one has another', () => {
  const hash = ({ partialFingerprints }: SarifResult) => partialFingerprints.primaryLocationLineHash;
  const before = resultOf({ file: 'amd64/nginx.conf:2', what: 'no team' });
  expect(hash(resultOf({ file: 'amd64/nginx.conf:3', what: 'no team' }, `\n${NGINX}`))).toBe(hash(before));
  expect(hash(resultOf({ file: 'amd64/nginx.conf:2', what: 'no night' }))).not.toBe(hash(before));
});

test('findings of one text in one file are told apart', () => {
  const report = new ComplianceReport();
  const facts = imageFacts();
  const twins = [1, 2].map((line) => ({ file: `amd64/nginx.conf:${line}`, what: 'no team' }));
  report.add(assessmentOf('shop', facts, [warningRule(twins)]), facts);
  const hashes = runOf(sarifOf(report)).results.map((result) => result.partialFingerprints.primaryLocationLineHash);
  expect(new Set(hashes).size).toBe(2);
});

test('a grant is a suppressed result of the rule that would be broken without it', () => {
  const { results, tool } = runOf(synthReported().file('compliance.sarif'));
  const [granted] = results.filter(({ suppressions }) => suppressions);
  expect(granted).toMatchObject({
    ruleId: 'PHP-002',
    level: 'note',
    suppressions: [{ kind: 'external', status: 'accepted', justification: 'reads the prices of a partner' }],
  });
  expect(tool.driver.rules[granted!.ruleIndex]!.id).toBe('PHP-002');
  const reasons = results.flatMap(({ suppressions = [] }) => suppressions.map(({ justification }) => justification));
  expect(new Set(reasons)).toEqual(new Set(['reads the prices of a partner', 'the scheduler starts jobs']));
});

test('a grant that no rule answers for is told of all the same', () => {
  const report = new ComplianceReport();
  const facts = imageFacts({ grants: [{ subject: 'mail.log', reason: 'kept' }] });
  report.add(assessmentOf('shop', facts), facts);
  const { results, tool } = runOf(sarifOf(report));
  expect(results).toMatchObject([{ ruleId: 'GRANT', suppressions: [{ justification: 'kept' }] }]);
  expect(tool.driver.rules[results[0]!.ruleIndex]!.id).toBe('GRANT');
});

test('a rule explains itself', () => {
  const { rules } = runOf(synthReported().file('compliance.sarif')).tool.driver;
  expect(rules.find(({ id }) => id === 'OWN-001')).toEqual({
    id: 'OWN-001',
    shortDescription: { text: 'A team is named' },
    fullDescription: { text: 'A team is named: somebody has to be called at night' },
    help: {
      text: [
        'A team is named.',
        'Why: somebody has to be called at night.',
        'What to do: name it.',
        'Sources: Handbook 7.',
      ].join('\n'),
    },
    defaultConfiguration: { level: 'warning' },
    properties: { tags: ['security', 'house rules', 'invariant'], precision: 'very-high', 'security-severity': '7.5' },
  });
});

test('two rules of one id, which two images may have, are told apart', () => {
  const report = new ComplianceReport();
  const facts = imageFacts();
  report.add(assessmentOf('a', facts, [warningRule([{ what: 'x' }])]), facts);
  report.add(assessmentOf('b', facts, [warningRule([{ what: 'x' }], { statement: 'Another' })]), facts);
  report.add(assessmentOf('c', facts, [warningRule([{ what: 'x' }])]), facts);
  expect(runOf(sarifOf(report)).results.map(({ ruleId }) => ruleId)).toEqual(['OWN-001', 'OWN-001~2', 'OWN-001']);
});

test('more than GitHub takes is left out, the least grave first, and this is said', () => {
  const report = new ComplianceReport();
  const facts = imageFacts();
  const rules = [
    warningRule([{ what: 'low' }], { id: 'OWN-002', severity: 'LOW' }),
    warningRule([{ what: 'a' }, { what: 'b' }], { severity: 'CRITICAL' }),
  ];
  for (let number = 0; number < 10_000; number++) {
    report.add(assessmentOf(`image-${number}`, facts, rules), facts);
  }
  const { results, invocations } = runOf(sarifOf(report));
  const counts = ['OWN-001', 'OWN-002'].map((id) => results.filter(({ ruleId }) => ruleId === id).length);
  expect(counts).toEqual([20_000, 5_000]);
  expect(invocations[0]!.toolExecutionNotifications![0]!.message.text).toMatch(/^5000 results are left out/);
});
