import { flatMap } from '../../config/flat-map';
import type { ParsedInstruction } from '../parse/dockerfile';
import type { FileRule } from '../rule';
import { copied, flagOf, lastStage, stageFinding } from './stages';

/** DF-003 */
export const CHECKED_DOWNLOADS: FileRule = {
  id: 'DF-003',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement: 'ADD is for downloads over https with their checksum, in a stage of the build; files are copied by COPY',
  why: 'ADD unpacks archives and fetches from anywhere without saying so, and a download that nobody checks may be another one tomorrow',
  next: 'copy files by COPY; fetch by ADD --checksum=sha256:... in a stage of its own, with the checksum from the catalogue or lock.json',
  fix: 'the platform writes every download as ADD --checksum in a stage of its own',
  sources: ['CIS Docker 4.9', 'Trivy DS-0005', 'hadolint DL3020', 'CIS DI-0009', 'Checkov CKV_DOCKER_4'],
  check: (subject) =>
    subject.eachContext((context) => {
      const last = lastStage(context);
      return flatMap(context.dockerfile().stages, (stage) =>
        stage.instructions
          .filter(({ keyword }) => keyword === 'ADD')
          .flatMap((add) => {
            const what = stage === last ? 'ADD in the last stage' : whyNot(add);
            return what === undefined ? [] : [stageFinding(context, add, what)];
          }),
      );
    }),
};

function whyNot(add: ParsedInstruction): string | undefined {
  const { sources } = copied(add);
  const local = sources.find((source) => !/^https:\/\/[^\s$]+$/.test(source));
  if (local !== undefined) {
    return `ADD ${local} is not a download over https`;
  }
  if (sources.length !== 1) {
    return 'ADD has several sources and one checksum';
  }
  const checksum = flagOf(add, 'checksum');
  return /^sha256:[0-9a-f]{64}$/.test(checksum ?? '')
    ? undefined
    : `ADD ${sources[0]} has ${checksum === undefined ? 'no checksum' : `the checksum ${checksum}`}`;
}
