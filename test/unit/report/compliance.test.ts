import Ajv from 'ajv/dist/2020';
import { reportedTree, synthReported } from './support';
import { Testing } from '../../../src';
import { complianceSchema, type Compliance } from '../../../src/report';
import { SCHEMAS } from '../../../src/synth/schemas';

function compliance(): Compliance {
  return complianceSchema.parse(JSON.parse(synthReported().file('compliance.json')));
}

test('compliance.json agrees with its published schema, as an independent validator reads it', () => {
  const validate = new Ajv({ strict: false }).compile(SCHEMAS['compliance.schema.json']!());
  const report = JSON.parse(synthReported().file('compliance.json')) as Compliance;
  validate(report);
  expect(validate.errors).toBeNull();
  expect(validate({ ...report, novelty: 1 })).toBe(false);
});

test('a rule is described once, however many images it was asked of', () => {
  const { rules } = compliance();
  expect(rules['OWN-001']).toEqual({
    pack: 'house rules',
    severity: 'HIGH',
    level: 'warning',
    kind: 'invariant',
    statement: 'A team is named',
    sources: ['Handbook 7'],
  });
  expect(rules['NGX-002']).toMatchObject({ pack: 'nginx', level: 'error' });
});

test('an image tells of its warnings and counts what it keeps', () => {
  const { images, rules } = compliance();
  const { shop, wiki } = images;
  expect(shop!.warnings).toContainEqual({ rule: 'OWN-001', file: 'amd64/nginx.conf:2', what: 'no team is named' });
  expect(wiki!.warnings.map(({ rule }) => rule)).not.toContain('OWN-001');
  const warned = new Set(shop!.warnings.map(({ rule }) => rule)).size;
  expect(shop!.rules).toEqual({
    passed: Object.keys(rules).length - warned,
    warned,
    violated: 0,
    skipped: 0,
  });
});

test('every grant stands in it with its reason and the rule that would be broken without it', () => {
  const { shop, wiki } = compliance().images;
  expect(shop!.grants[0]).toEqual({
    subject: 'allow_url_fopen',
    reason: 'reads the prices of a partner',
    rules: ['PHP-002'],
  });
  expect(shop!.grants[1]).toMatchObject({ subject: 'proc_open', reason: 'the scheduler starts jobs' });
  expect(wiki!.grants).toEqual([]);
});

test('it says how sure the facts of an image are', () => {
  const { shop, wiki } = compliance().images;
  expect([shop!.certainty, shop!.architectures]).toEqual(['verified', { amd64: 'manifest', arm64: 'manifest' }]);
  expect([wiki!.certainty, wiki!.architectures]).toEqual(['corroborated', { amd64: 'index-only' }]);
});

test('two syntheses of one tree give the same reports', () => {
  const [first, second] = [synthReported(), Testing.synth(reportedTree())];
  for (const path of ['compliance.json', 'compliance.sarif', 'index.html']) {
    expect(second.file(path)).toBe(first.file(path));
  }
});
