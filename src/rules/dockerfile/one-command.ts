import { flatMap } from '../../config/flat-map';
import type { FileRule } from '../rule';
import { stageFinding } from './stages';

/** DF-005 */
export const ONE_COMMAND: FileRule = {
  id: 'DF-005',
  severity: 'HIGH',
  kind: 'invariant',
  statement: 'A stage has at most one CMD, one ENTRYPOINT and one HEALTHCHECK',
  why: 'only the last one counts, and whoever reads the first believes something else',
  next: 'take the others out; further programs of a container are services (addLongRun)',
  fix: 'the platform writes ENTRYPOINT and HEALTHCHECK once',
  sources: [
    'Trivy DS-0007, DS-0016 and DS-0023',
    'BuildKit MultipleInstructionsDisallowed',
    'hadolint DL3012, DL4003 and DL4004',
  ],
  check: (subject) =>
    subject.eachContext((context) =>
      flatMap(context.dockerfile().stages, ({ instructions }) =>
        ['CMD', 'ENTRYPOINT', 'HEALTHCHECK'].flatMap((keyword) =>
          instructions
            .filter((instruction) => instruction.keyword === keyword)
            .slice(1)
            .map((instruction) => stageFinding(context, instruction, `${keyword} stands in its stage again`)),
        ),
      ),
    ),
};
