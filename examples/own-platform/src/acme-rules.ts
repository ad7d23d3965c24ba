import type { FileRule, RulePack } from 'projen-nginx-php';

/** Who is called at night. */
export const TEAM = 'ACME_TEAM';

const HAS_A_TEAM: FileRule = {
  id: 'ACM-001',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement: `Every image says in ${TEAM} which team is called when it fails`,
  why: 'an alert at night has to reach somebody who knows the application',
  next: `add new AcmeAgent(image, 'agent', { team: 'shop' }) to the image`,
  sources: ['Acme Handbook 4.2'],
  check: ({ contexts }) =>
    contexts
      .filter((context) => {
        const last = context.dockerfile().stages.at(-1);
        return !last?.instructions.some(({ keyword, text }) => keyword === 'ENV' && text.includes(`${TEAM}=`));
      })
      .map((context) => ({ file: context.pathOf('Dockerfile'), what: `it sets no ${TEAM}` })),
};

/** What Acme asks of images, beside the rules that every image keeps. */
export const ACME_RULES: RulePack = { name: 'Acme', rules: [HAS_A_TEAM] };
