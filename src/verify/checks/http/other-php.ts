import { OTHER_PHP } from '../../application';
import type { Check } from '../../check';
import { entryPointsOf } from '../../verified-image';
import { expectRefused } from '../refused';

export const otherPhp: Check = {
  id: 'http/other-php',
  expectation: 'PHP files other than the entry points neither run nor show their source',
  async run(subject) {
    const entries: readonly string[] = entryPointsOf(subject.image);
    return expectRefused(
      await subject.server(),
      ['index.php', ...OTHER_PHP].map((path) => `/${path}`).filter((path) => !entries.includes(path)),
    );
  },
};
