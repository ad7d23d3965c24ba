import type { Check } from '../../check';
import { expectFields } from '../process-fields';

export const capabilities: Check = {
  id: 'process/capabilities',
  expectation: 'no process has a capability, nor could get one',
  run: (subject) => expectFields(subject, ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'], /^0+$/),
};
