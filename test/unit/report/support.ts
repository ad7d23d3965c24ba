import { type ImageApp, ImageConstruct, Rules, Testing, type RulePack, type TestSynthesis } from '../../../src';

/** A pack of a person's own, with a rule that warns of every image and one that all keep. */
export const OWN_PACK: RulePack = {
  name: 'house rules',
  rules: [
    {
      id: 'OWN-001',
      severity: 'HIGH',
      level: 'warning',
      kind: 'invariant',
      statement: 'A team is named',
      why: 'somebody has to be called at night',
      next: 'name it',
      sources: ['Handbook 7'],
      check: ({ contexts }) => [{ file: `${contexts[0]!.pathOf('nginx.conf')}:2`, what: 'no team is named' }],
    },
    {
      id: 'OWN-002',
      severity: 'LOW',
      kind: 'invariant',
      statement: 'The sky is blue',
      why: 'a red one is a warning to sailors',
      next: 'wait',
      sources: [],
      check: () => [],
    },
  ],
};

/** Two images: one with a warning and grants, one with neither. */
export function reportedTree(): ImageApp {
  const app = Testing.app();
  const shop = new ImageConstruct(app, 'shop', {
    platform: 'debian',
    php: {
      version: '8.4',
      grants: [
        { setting: 'allow_url_fopen', reason: 'reads the prices of a partner' },
        { function: 'proc_open', reason: 'the scheduler starts jobs' },
      ],
    },
  });
  Rules.of(shop).add(OWN_PACK);
  new ImageConstruct(app, 'wiki', { platform: 'alpine', php: '8.1', architectures: ['amd64'] });
  return app;
}

/** The tree, synthesized into memory. */
export function synthReported(): TestSynthesis {
  return Testing.synth(reportedTree());
}
