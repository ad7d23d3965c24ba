import { examine, type Finding, type Health } from './doctor/examine';
import { STATUS } from './exit-status';
import type { TreeOptions } from './options';
import { renderTable } from './table';
import { paint, print, printJson, terminalWidth } from './terminal';
import { hang } from './wrap';

/** Options of `doctor`. */
export interface DoctorCommandOptions extends TreeOptions {
  readonly json?: boolean;
}

const STYLE = { good: 'green', poor: 'yellow', bad: 'red' } as const satisfies Record<Health, string>;

/** `dockerfile-generator doctor`: what this machine has, and what to do about what it lacks; gives the exit status. */
export async function doctorCommand(options: DoctorCommandOptions): Promise<number> {
  const findings = await examine(options);
  if (options.json) {
    printJson(findings);
  } else {
    print(renderTable(findings.map(row)));
    findings
      .filter(({ remedy }) => remedy)
      .forEach(({ subject, remedy }) => print(`\n${subject}\n${hang('  do:  ', remedy!, terminalWidth('stdout'))}\n`));
  }
  return findings.some(({ health }) => health === 'bad') ? STATUS.failed : STATUS.ok;
}

function row({ subject, health, seen }: Finding): string[] {
  return [paint(STYLE[health], health), subject, seen];
}
