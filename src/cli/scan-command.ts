import { STATUS } from './exit-status';
import { readProjectSettings } from './project-settings';
import { renderTable } from './table';
import { note, paint, print, printJson } from './terminal';
import { UsageError } from './usage-error';
import { findEnvironment } from '../publish/environment';
import { isLoopback, registryHost } from '../publish/registry-address';
import { findScanner } from '../publish/scan/find-scanner';
import { passGate, type JudgedFinding } from '../publish/scan/gate';

/** Options of `scan`. */
export interface ScanCommandOptions {
  readonly environment: string;
  readonly arch: string;
  readonly json?: boolean;
}

/**
 * `dockerfile-generator scan REFERENCE`: asks the scanner of an environment about an image, and judges the findings by
 * its policy. What fails it, and what keeps it from being made, is thrown. Gives the exit status.
 */
export async function scanCommand(reference: string, options: ScanCommandOptions): Promise<number> {
  const { scan } = findEnvironment(options.environment, readProjectSettings().environments);
  if (!scan) {
    throw new UsageError([
      {
        where: '--environment',
        what: `the environment ${options.environment} has no scanner`,
        next: 'name another one, or set scan in package.json: dockerfile-generator.environments',
      },
    ]);
  }
  const insecure = isLoopback(registryHost(reference.split('/')[0]!));
  const target = { reference, platform: `linux/${options.arch}`, insecure };
  const how = {
    now: new Date(),
    environment: process.env,
    keep: (_: unknown, judged: readonly JudgedFinding[]) => show(judged, options),
  };
  await passGate(findScanner(scan), target, scan, how);
  note(`${reference} passes the policy of ${options.environment}\n`);
  return STATUS.ok;
}

/** Every finding is shown before it is judged. */
function show(findings: readonly JudgedFinding[], { json }: ScanCommandOptions): void {
  if (json) {
    printJson(findings);
    return;
  }
  const head = ['SEVERITY', 'ID', 'WHERE', 'VERSION', 'FIXED IN', 'VERDICT'].map((title) => paint('bold', title));
  const rows = findings.map(({ severity, id, where, version, fixedIn, verdict }) => [
    severity,
    id,
    where,
    version ?? '',
    fixedIn ?? '',
    paint(verdict === 'fails' ? 'red' : 'dim', verdict),
  ]);
  print(renderTable([head, ...rows]));
}
