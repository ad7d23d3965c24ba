import type { Check } from '../../check';
import { expectFields } from '../process-fields';

export const noNewPrivileges: Check = {
  id: 'process/no-new-privileges',
  expectation: 'no process can gain privileges by running a program',
  run: (subject) => expectFields(subject, ['NoNewPrivs'], /^1$/),
};
