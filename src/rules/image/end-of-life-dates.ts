import { lastStage, stageFinding, unquote } from '../dockerfile/stages';
import type { FileRule } from '../rule';

/** Says when the support of the base ends. */
const LABEL = 'dev.projen-nginx-php.base.end-of-life';

/** IMG-004 */
export const END_OF_LIFE_DATES: FileRule = {
  id: 'IMG-004',
  severity: 'MEDIUM',
  level: 'warning',
  kind: 'invariant',
  statement:
    'The manifest and the image say when the support of the base ends; what is past is said by the command, at its own clock',
  why: 'a base without fixes gathers known holes, and who has the image alone could not see it coming',
  next: 'take out what changes the labels; synth --fail-on-end-of-life ends with a status of its own for a base that is past its day',
  fix: 'the platform writes the label from the catalogue',
  sources: ['CIS Docker 4.4', 'NIST SP 800-190 4.1.1', 'Trivy --exit-on-eol'],
  check: (subject) => {
    const { endOfLife } = subject.facts.platform;
    return subject.eachContext((context) => {
      const stage = lastStage(context);
      const found = stage.instructions
        .filter(({ keyword }) => keyword === 'LABEL')
        .flatMap(({ properties }) => properties)
        .filter(({ name }) => unquote(name) === LABEL)
        .at(-1)?.value;
      return found === endOfLife
        ? []
        : [stageFinding(context, stage.from, `the label ${LABEL} is ${found ?? 'absent'}, not ${endOfLife}`)];
    });
  },
};
