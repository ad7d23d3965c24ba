import { LEFT_BEHIND } from '../../application';
import type { Check } from '../../check';
import { expectRefused } from '../refused';

export const leftBehind: Check = {
  id: 'http/left-behind',
  expectation: 'backups, dumps, logs, settings and sources that were left in the document root are refused',
  async run(subject) {
    return expectRefused(
      await subject.server(),
      LEFT_BEHIND.map((path) => `/${encodeURIComponent(path)}`),
    );
  },
};
