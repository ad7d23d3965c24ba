import { verdict, type Check, type Verdict } from '../check';
import { processesOf, type Role, type ServiceName } from '../process-roles';
import { sleep } from '../sleep';
import type { Subject } from '../subject';

/** Milliseconds. */
const BOUND = 1000;

/** A check that kills a process and waits for its successor. */
export function recoveryCheck(id: string, name: string, service: ServiceName, role: Role): Check {
  return { id, expectation: `when ${name} is killed, the server serves again within a second`, run };

  async function run(subject: Subject): Promise<Verdict> {
    const server = await subject.server();
    // A check before this one may have disturbed it.
    for (const until = performance.now() + subject.bound(5000); !(await server.alive()) && performance.now() < until;) {
      await sleep(20);
    }
    const before = processesOf(await server.processes(), service, role);
    const [victim] = before;
    if (!victim) {
      return verdict(false, `there is no ${role} of ${service}`);
    }
    const begin = performance.now();
    await server.kill('KILL', victim.pid);
    // Workers that outlive their master may answer once more: the last failure counts, not the first answer.
    let broken = 0;
    let probes = 0;
    for (; performance.now() - begin < subject.bound(BOUND) + 200; probes++) {
      const alive = await server.alive();
      broken = alive ? broken : performance.now() - begin;
      await sleep(5);
    }
    const after = processesOf(await server.processes(), service, role);
    // PHP-FPM keeps as many workers as it needs, nginx always the same number.
    const enough = after.length >= (service === 'nginx' ? before.length : 1);
    const replaced = enough && after.every(({ pid }) => pid !== victim.pid);
    const seen = `${Math.round(broken)} ms until the last of ${probes} pings failed, ${replaced ? 'a new process' : 'no new process'}`;
    return verdict(replaced && broken <= subject.bound(BOUND) && (await server.alive()), seen);
  }
}
