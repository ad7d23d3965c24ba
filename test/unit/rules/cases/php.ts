import { soundImage, type BreakingCase } from '../support';

export const PHP_CASES: readonly BreakingCase[] = [
  {
    rule: 'PHP-002',
    by: 'a prop',
    story: 'allow_url_fopen is switched on in php.ini without a grant',
    says: 'allow_url_fopen is On, not Off',
    build: (app) => soundImage(app, { php: { version: '8.4', ini: { allow_url_fopen: true } } }),
  },
];
