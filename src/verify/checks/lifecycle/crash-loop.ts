import { verdict, type Check } from '../../check';
import { sleep } from '../../sleep';

/** Milliseconds. */
const BOUND = 20_000;

export const crashLoop: Check = {
  id: 'lifecycle/crash-loop',
  expectation: 'a service that keeps dying ends the container with a status other than 0',
  async run(subject) {
    const server = await subject.start();
    const begin = performance.now();
    let deaths = 0;
    while ((await server.inspect()).running && performance.now() - begin < subject.bound(BOUND)) {
      const master = await server.findProcess('php-fpm', 'master').catch(() => undefined);
      if (master) {
        await server.kill('KILL', master.pid);
        deaths++;
      }
      // s6 starts a service once a second at most.
      await sleep(50);
    }
    const { running, exitCode } = await server.inspect();
    const seen = `after ${deaths} deaths it ${running ? 'still runs' : `ended with status ${exitCode}`}`;
    return verdict(!running && exitCode !== 0, seen);
  },
};
