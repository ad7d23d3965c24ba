import { verdict, type Check } from '../../check';

/** Milliseconds, the engine's own share included. */
const BOUND = 5000;

export const timeToReady: Check = {
  id: 'health/time-to-ready',
  expectation: `answers pong within ${BOUND / 1000} s of the start`,
  async run(subject) {
    const { timeToReady: time } = await subject.server();
    return verdict(time <= subject.bound(BOUND), `ready after ${Math.round(time)} ms`);
  },
};
