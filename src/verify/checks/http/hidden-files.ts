import { HIDDEN } from '../../application';
import type { Check } from '../../check';
import { expectRefused } from '../refused';

export const hiddenFiles: Check = {
  id: 'http/hidden-files',
  expectation: 'hidden files and directories are refused',
  async run(subject) {
    return expectRefused(
      await subject.server(),
      HIDDEN.map((path) => `/${path}`),
    );
  },
};
