import type { Subject } from '../subject';

/** Milliseconds: the grace time of the images, and some. */
const PATIENCE = 65_000;

/** Waits for the end of a container; one that does not end is killed, and ends with status 137. */
export async function endOf(subject: Subject, container: string, patience = PATIENCE): Promise<number> {
  const { engine } = subject;
  const killer = setTimeout(
    () => void engine.signal(container, 'KILL').catch(() => undefined),
    subject.bound(patience),
  );
  try {
    return await engine.wait(container);
  } finally {
    clearTimeout(killer);
  }
}
