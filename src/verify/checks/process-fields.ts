import { judge, type Verdict } from '../check';
import type { Subject } from '../subject';

/** Passed if the named fields of /proc/PID/status have the value in every process. */
export async function expectFields(subject: Subject, names: readonly string[], value: RegExp): Promise<Verdict> {
  const processes = await (await subject.server()).processes();
  const wrong = processes.flatMap(({ pid, command, status }) =>
    names
      .filter((name) => !value.test(status.get(name) ?? ''))
      .map((name) => `${pid} ${command}: ${name} ${status.get(name) ?? 'unknown'}`),
  );
  return judge(
    wrong,
    `${processes.length} processes: ${names.map((name) => `${name} ${processes[0]?.status.get(name)}`).join(', ')}`,
  );
}
