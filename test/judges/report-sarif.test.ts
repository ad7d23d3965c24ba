import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { ComplianceReport } from '../../src/report';
import { hostileText } from '../property/configurations';
import { filesBelow, OUTPUT, outputFiles } from './support/output';
import { assessmentOf, imageFacts, warningRule } from '../unit/report/assessments';
import { synthReported } from '../unit/report/support';

/** The schema of SARIF 2.1.0 as Microsoft's SARIF tool carries it; the package does not export the path. */
const SCHEMA = 'node_modules/@microsoft/sarif-multitool-ts/assets/sarif-2.1.0.schema.json';

interface Sarif {
  readonly runs: ReadonlyArray<{
    readonly tool: {
      readonly driver: { readonly rules: ReadonlyArray<{ id: string; properties: { tags: string[] } }> };
    };
    readonly results: ReadonlyArray<{
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly locations: ReadonlyArray<{ physicalLocation: { artifactLocation: { uri: string } } }>;
    }>;
  }>;
}

let validate: ValidateFunction;

beforeAll(() => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);
});

function judge(text: string): Sarif {
  const sarif = JSON.parse(text) as Sarif;
  validate(sarif);
  expect(validate.errors).toBeNull();
  return sarif;
}

test('the SARIF of the reference matrix is valid, and within what GitHub takes', () => {
  const [[, text] = ['', '']] = outputFiles(/^compliance\.sarif$/);
  const [run] = judge(text).runs;
  expect(gzipSync(text).length).toBeLessThan(10 * 1024 ** 2);
  expect(run!.results.length).toBeLessThanOrEqual(25_000);
  expect(Math.max(...run!.tool.driver.rules.map(({ properties }) => properties.tags.length))).toBeLessThanOrEqual(10);
});

test('every result names a rule that is there and a file of the output', () => {
  const [[, text] = ['', '']] = outputFiles(/^compliance\.sarif$/);
  const [run] = judge(text).runs;
  const files = new Set(filesBelow(OUTPUT));
  const { rules } = run!.tool.driver;
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  for (const { ruleId, ruleIndex, locations } of run!.results) {
    expect(rules[ruleIndex]!.id).toBe(ruleId);
    expect(files).toContain(locations[0]!.physicalLocation.artifactLocation.uri);
  }
});

test('warnings and grants of a tree of one’s own are valid SARIF', () => {
  expect(judge(synthReported().file('compliance.sarif')).runs[0]!.results.length).toBeGreaterThan(2);
});

test('it is valid whatever a person writes', () => {
  fc.assert(
    fc.property(hostileText, hostileText, (first, second) => {
      const facts = imageFacts({ grants: [{ subject: first, reason: second }] });
      const rule = warningRule([{ file: first, what: second, next: first }], {
        id: second,
        statement: first,
        why: second,
        next: first,
        sources: [second],
      });
      const report = new ComplianceReport();
      report.add(assessmentOf('shop', facts, [rule]), facts);
      judge(report.files()[1]!.content);
    }),
  );
});

test('the schema refuses what is no SARIF', () => {
  expect(validate({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false);
  expect(validate({ version: '2.0.0', runs: [] })).toBe(false);
});
