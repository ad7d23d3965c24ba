import { DETOURS } from '../../application';
import type { Check } from '../../check';
import { expectRefused } from '../refused';

export const detours: Check = {
  id: 'http/detours',
  expectation: 'paths out of the document root, and paths behind a script, are refused',
  async run(subject) {
    return expectRefused(await subject.server(), DETOURS);
  },
};
