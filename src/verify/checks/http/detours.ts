import { DETOURS } from '../../application';
import type { Check } from '../../check';
import { expectRefused } from '../refused';

export const detours: Check = {
  id: 'http/detours',
  expectation: 'paths behind a script, and other ways into one, are refused',
  async run(subject) {
    return expectRefused(await subject.server(), DETOURS);
  },
};
