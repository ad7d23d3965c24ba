import { verdict, type Check } from '../../check';
import { stopUnderLoad } from '../stop-under-load';

export const refusesWhileStopping: Check = {
  id: 'lifecycle/refuses-while-stopping',
  expectation: 'new connections are refused while it stops',
  async run(subject) {
    const { late, inFlight } = await stopUnderLoad(subject);
    const seen = `with ${inFlight} requests in flight a new one ${late ? `is answered ${late.status}` : 'gets no answer'}`;
    return verdict(late === undefined && inFlight > 0, seen);
  },
};
