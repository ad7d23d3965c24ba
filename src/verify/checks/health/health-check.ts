import { skip, verdict, type Check } from '../../check';
import { sleep } from '../../sleep';

/** Milliseconds. */
const BOUND = 1000;

export const healthCheck: Check = {
  id: 'health/health-check',
  expectation: "the image's own health check passes within a second of the server's being ready",
  async run(subject) {
    const server = await subject.server();
    if (((await subject.settings()).healthcheck ?? []).length === 0) {
      return verdict(false, 'the image has no health check');
    }
    const until = Date.now() + subject.bound(BOUND) + 1000;
    let state = await server.inspect();
    for (; state.health === 'starting' && Date.now() < until; state = await server.inspect()) {
      await sleep(50);
    }
    if (state.health === undefined) {
      return skip('the engine runs no health checks');
    }
    const first = Math.min(...state.passedHealthChecks) - server.readyAt;
    const when =
      first === Infinity ? 'never passed' : `passed ${Math.max(0, first)} ms after the server was seen ready`;
    return verdict(state.health === 'healthy' && first <= subject.bound(BOUND), `${state.health}, ${when}`);
  },
};
