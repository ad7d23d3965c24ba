import { flatMap } from '../../config/flat-map';
import { isSecretName, looksRandom, secretMark } from '../image/secrets';
import type { ParsedInstruction } from '../parse/dockerfile';
import type { FileRule } from '../rule';
import { allInstructions, stageFinding, unquote } from './stages';

/** DF-002 */
export const NO_SECRET_VARIABLES: FileRule = {
  id: 'DF-002',
  severity: 'CRITICAL',
  kind: 'invariant',
  statement: 'No ARG, ENV or LABEL has the name or the value of a secret',
  why: 'whoever may pull the image reads its environment, its labels and the arguments of its build',
  next: 'give secrets when the container starts, as files; a build takes one by RUN --mount=type=secret',
  sources: [
    'CIS Docker 4.10',
    'BuildKit SecretsUsedInArgOrEnv',
    'hadolint DL3064',
    'Trivy DS-0031',
    'NIST SP 800-190 4.1.4',
  ],
  check: (subject) =>
    subject.eachContext((context) =>
      allInstructions(context)
        .filter(({ keyword }) => ['ARG', 'ENV', 'LABEL'].includes(keyword))
        .flatMap((instruction) => secretsIn(instruction).map((what) => stageFinding(context, instruction, what))),
    ),
};

function secretsIn({ keyword, properties }: ParsedInstruction): string[] {
  return flatMap(properties, ({ name, value = '' }): string[] => {
    const text = unquote(value);
    if (keyword !== 'LABEL' && isSecretName(name)) {
      return [`${keyword} ${name} has the name of a secret`];
    }
    const mark = secretMark(text);
    if (mark !== undefined) {
      return [`${keyword} ${name} has ${mark} as its value`];
    }
    return text.split(/[\s,;:/]+/).some(looksRandom)
      ? [`${keyword} ${name} has a value that looks drawn by chance`]
      : [];
  });
}
