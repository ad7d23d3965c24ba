import { Construct } from 'constructs';
import { subjectOf } from './written';
import {
  assess,
  ImageConstruct,
  Rules,
  Testing,
  violationsOf,
  type Finding,
  type ImageApp,
  type Rule,
  type RulePack,
} from '../../../src';
import { findTakenIds } from '../../../src/rules/assessment';
import { evaluateRules } from '../../../src/rules/evaluate';

const TEXT = {
  severity: 'LOW',
  kind: 'invariant',
  statement: 's',
  why: 'it matters',
  next: 'mend it',
  sources: [],
} as const;

function ruleOf(id: string, findings: readonly Finding[], level?: 'warning'): Rule {
  return { id, ...TEXT, level, check: () => findings };
}

function shop(app: Construct): ImageConstruct {
  return new ImageConstruct(app, 'shop', { php: '8.4', platform: 'debian' });
}

/** Problems of an image by rules of one's own alone. */
function problems(...rules: readonly Rule[]): ReturnType<typeof violationsOf> {
  const app = Testing.app();
  Rules.of(app).add({ name: 'ours', rules });
  const { subject, packs } = assess(subjectOf('FROM scratch'), shop(app));
  return violationsOf({ subject, packs: packs.filter(({ pack }) => pack.name === 'ours') });
}

describe('what is violated', () => {
  test('is told with the place, the reason and the next step of its rule', () => {
    expect(problems(ruleOf('OWN-001', [{ file: 'amd64/Dockerfile:1', what: 'it is wrong' }]))).toEqual([
      { where: 'shop', what: 'OWN-001 shop/amd64/Dockerfile:1: it is wrong', why: 'it matters', next: 'mend it' },
    ]);
  });

  test('is told with its own next step, and of the image as a whole, where a finding says so', () => {
    expect(problems(ruleOf('OWN-001', [{ what: 'it is wrong', next: 'leave it' }]))).toEqual([
      { where: 'shop', what: 'OWN-001 it is wrong', why: 'it matters', next: 'leave it' },
    ]);
  });

  test('is told in the order of the rules, each finding for itself', () => {
    const told = problems(
      ruleOf('OWN-003', [{ what: 'c' }]),
      ruleOf('OWN-001', [{ what: 'b' }, { what: 'a' }]),
      ruleOf('OWN-002', []),
    );
    expect(told.map(({ what }) => what)).toEqual(['OWN-001 b', 'OWN-001 a', 'OWN-003 c']);
  });

  test('is told in the order of the rules of all packs together', () => {
    const pack = (id: string): RulePack => ({ name: id, rules: [ruleOf(id, [{ what: 'no' }])] });
    const packs = ['B-001', 'C-001', 'A-001'].map((id) => ({
      pack: pack(id),
      results: evaluateRules(pack(id).rules, subjectOf('FROM scratch')),
    }));

    expect(violationsOf({ subject: subjectOf('FROM scratch'), packs }).map(({ what }) => what)).toEqual([
      'A-001 no',
      'B-001 no',
      'C-001 no',
    ]);
  });

  test('is not what a rule only warns of', () => {
    expect(problems(ruleOf('OWN-001', [{ what: 'it is odd' }], 'warning'))).toEqual([]);
  });
});

describe('rules of one’s own', () => {
  /** Packs of an image whose app, team and self have rules. */
  function tree(): { readonly app: ImageApp; readonly team: Construct; readonly image: ImageConstruct } {
    const app = Testing.app();
    const team = new Construct(app, 'team');
    return { app, team, image: shop(team) };
  }

  test('hold for what is below the construct, and are asked after those of this package', () => {
    const { app, team, image } = tree();
    const other = new ImageConstruct(app, 'other', { php: '8.4', platform: 'debian' });
    Rules.of(image).add({ name: 'own', rules: [] });
    Rules.of(team).add({ name: 'team', rules: [] });
    Rules.of(app).add({ name: 'company', rules: [] });

    expect(namesOf(image).slice(-3)).toEqual(['company', 'team', 'own']);
    expect(namesOf(image)).toHaveLength(namesOf(other).length + 2);
    expect(namesOf(other).at(-1)).toBe('company');
  });

  test('are asked once, though they were added twice', () => {
    const { app, team, image } = tree();
    const pack = { name: 'company', rules: [] };
    Rules.of(app).add(pack);
    Rules.of(team).add(pack);

    expect(namesOf(image).filter((name) => name === 'company')).toHaveLength(1);
  });

  test('are not asked of an output without its tree', () => {
    const own = assess(subjectOf('FROM scratch')).packs.map(({ pack }) => pack.name);
    expect(own).toEqual(namesOf(tree().image));
  });

  test('keep the ids of this package, and each its own', () => {
    const { app, image } = tree();
    Rules.of(app).add({
      name: 'company',
      rules: [ruleOf('NGX-001', []), ruleOf('OWN-001', []), ruleOf('OWN-002', [])],
    });
    Rules.of(image).add({ name: 'own', rules: [ruleOf('OWN-002', [])] });

    expect(findTakenIds(image)).toEqual([
      {
        where: 'team/shop',
        what: expect.stringMatching(/^the rule NGX-001 of the pack company has the id of a rule of the pack nginx$/i),
        next: 'give it another id',
      },
      {
        where: 'team/shop',
        what: 'the rule OWN-002 of the pack own has the id of a rule of the pack company',
        next: 'give it another id',
      },
    ]);
  });

  function namesOf(image: ImageConstruct): string[] {
    return assess(subjectOf('FROM scratch'), image).packs.map(({ pack }) => pack.name);
  }
});
