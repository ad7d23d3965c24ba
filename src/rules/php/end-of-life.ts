import type { FileRule } from '../rule';

/** PHP-012 */
export const END_OF_LIFE: FileRule = {
  id: 'PHP-012',
  severity: 'MEDIUM',
  level: 'warning',
  kind: 'bounded',
  statement:
    'It is known until when this PHP gets fixes of security, so that a command can say at its own clock whether they have ended',
  why: 'holes that are found in a PHP without support stay open',
  next: 'give the date in the catalogue; `synth --fail-on-end-of-life` fails where it is past',
  sources: ['OWASP PHP Configuration Cheat Sheet', 'CIS Docker 4.4'],
  check: ({ facts }) =>
    /^\d{4}-\d{2}-\d{2}$/.test(facts.php.endOfLife ?? '')
      ? []
      : [{ what: `nobody knows until when PHP ${facts.php.version} gets fixes` }],
};
