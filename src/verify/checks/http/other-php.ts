import { OTHER_PHP } from '../../application';
import type { Check } from '../../check';
import { expectRefused } from '../refused';

export const otherPhp: Check = {
  id: 'http/other-php',
  expectation: 'PHP files other than the front controller neither run nor show their source',
  async run(subject) {
    return expectRefused(
      await subject.server(),
      OTHER_PHP.map((path) => `/${path}`),
    );
  },
};
