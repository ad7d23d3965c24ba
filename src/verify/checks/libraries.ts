import { skip, verdict, type Check, type Verdict } from '../check';
import type { Subject } from '../subject';

/** What PHP answers of the libraries and data below it; `null` where an extension is not there. */
export interface Libraries {
  readonly certificates: number | null;
  readonly collation: readonly string[] | null;
  readonly iconv: string | null;
  readonly localhost: string;
  readonly https: number | false;
  readonly summer: string;
  readonly zones: number;
}

/** A check of one answer. */
export function libraryCheck(
  id: string,
  expectation: string,
  look: (libraries: Libraries) => readonly [holds: boolean, seen: unknown],
): Check {
  return { id, expectation, run };

  async function run(subject: Subject): Promise<Verdict> {
    const libraries = await subject.once('libraries', async () => (await subject.server()).ask<Libraries>('libraries'));
    const [holds, seen] = look(libraries);
    return seen === null ? skip('the extension is not there') : verdict(holds, JSON.stringify(seen));
  }
}
