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
      // s6 restarts what was ready at once, and what was not after a second.
      for (const until = performance.now() + 1000; !(await server.alive()) && performance.now() < until;) {
        await sleep(20);
      }
      const master = await server.findProcess('php-fpm', 'master').catch(() => undefined);
      if (master) {
        await server.kill('KILL', master.pid);
        deaths++;
      }
    }
    const { running, exitCode } = await server.inspect();
    const seen = `after ${deaths} deaths it ${running ? 'still runs' : `ended with status ${exitCode}`}`;
    return verdict(!running && exitCode !== 0, seen);
  },
};
