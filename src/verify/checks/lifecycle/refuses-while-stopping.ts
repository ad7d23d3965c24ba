import { verdict, type Check } from '../../check';
import { stopUnderLoad } from '../stop-under-load';

/** Milliseconds: until then the signal may be on its way. */
const BOUND = 800;

export const refusesWhileStopping: Check = {
  id: 'lifecycle/refuses-while-stopping',
  expectation: 'new connections are refused while it stops',
  async run(subject) {
    const { late, lateAfter, inFlight } = await stopUnderLoad(subject);
    const after = `${Math.round(lateAfter)} ms after the signal, with ${inFlight} requests in flight, a new one`;
    const seen = `${after} ${late ? `is answered ${late.status}` : 'gets no answer'}`;
    return verdict(late === undefined && inFlight > 0 && lateAfter <= subject.bound(BOUND), seen);
  },
};
