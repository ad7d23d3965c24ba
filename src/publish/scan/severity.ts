import { SEVERITIES } from '../environment';
import type { ScanSeverity } from './scanner';

/** A severity as a scanner writes it; what is not known counts as HIGH, so that nothing slips through by its name. */
export function severityOf(text: string | undefined): ScanSeverity {
  const name = (text ?? '').toUpperCase();
  if (name === 'NEGLIGIBLE' || name === 'NONE') {
    return 'LOW';
  }
  if (name === '' || name === 'UNKNOWN') {
    return 'UNKNOWN';
  }
  return SEVERITIES.find((severity) => severity === name) ?? 'HIGH';
}

/** Whether one severity is at least another. */
export function atLeast(severity: ScanSeverity, least: ScanSeverity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
}
