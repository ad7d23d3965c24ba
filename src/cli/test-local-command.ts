import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { note, print, terminalWidth } from './terminal';
import { renderJson, renderJUnit, renderTable, verifyOutput, type VerifyOutputOptions } from '../verify';

/** Options of `test:local`. */
export interface TestLocalCommandOptions extends Omit<VerifyOutputOptions, 'onImage' | 'onReport'> {
  /** File for the results as JUnit XML. */
  readonly junit?: string;
  /** File for the results as JSON; `true`: they are the result, instead of tables. */
  readonly json?: string | true;
}

/** Exit status when a check failed. */
const FAILED = 1;

/** `dockerfile-generator test:local`: builds images, runs them and checks that they behave; gives the exit status. */
export async function testLocalCommand(options: TestLocalCommandOptions): Promise<number> {
  const reports = await verifyOutput({
    ...options,
    onImage: (reference) => note(`${options.image ? 'verifying' : 'building'} ${reference}\n`),
    onReport: (report) => {
      if (options.json !== true) {
        print(`${renderTable(report, terminalWidth('stdout'))}\n`);
      }
    },
  });
  writeReport(options.junit, renderJUnit(reports));
  if (options.json === true) {
    print(renderJson(reports));
  } else {
    writeReport(options.json, renderJson(reports));
  }
  return reports.every(({ passed }) => passed) ? 0 : FAILED;
}

function writeReport(file: string | undefined, content: string): void {
  if (file === undefined) {
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
