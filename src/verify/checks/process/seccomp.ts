import type { Check } from '../../check';
import { expectFields } from '../process-fields';

export const seccomp: Check = {
  id: 'process/seccomp',
  expectation: 'the system calls of every process are filtered by seccomp',
  run: (subject) => expectFields(subject, ['Seccomp'], /^2$/),
};
