import { validate, ValidationSeverity } from 'dockerfile-utils';
import { checked, count } from '../check';
import { baseName, distinctFiles } from '../distinct-files';
import { fault, type Judge } from './judge';

/** Nothing is left at its default of silence. */
const SETTINGS = {
  deprecatedMaintainer: ValidationSeverity.ERROR,
  directiveCasing: ValidationSeverity.ERROR,
  emptyContinuationLine: ValidationSeverity.ERROR,
  instructionCasing: ValidationSeverity.ERROR,
  instructionCmdMultiple: ValidationSeverity.ERROR,
  instructionEntrypointMultiple: ValidationSeverity.ERROR,
  instructionHealthcheckMultiple: ValidationSeverity.ERROR,
  instructionJSONInSingleQuotes: ValidationSeverity.ERROR,
  instructionWorkdirRelative: ValidationSeverity.ERROR,
};

/** Dockerfiles, by the parser and the checks of dockerfile-utils. */
export const judgeDockerfiles: Judge = ({ files }) => {
  const dockerfiles = distinctFiles(files, (file) => baseName(file) === 'Dockerfile');
  const problems = dockerfiles.flatMap(({ path, content }) =>
    validate(content, SETTINGS).map(({ message, range }) =>
      fault(`${path}:${range.start.line + 1}`, textOf(message).replace(/\.$/, '')),
    ),
  );
  return checked('Dockerfile', `${count(dockerfiles.length, 'file')} by dockerfile-utils`, problems);
};

function textOf(message: string | { readonly value: string }): string {
  return typeof message === 'string' ? message : message.value;
}
