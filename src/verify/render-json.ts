import type { VerifyReport } from './report';

/** Reports as JSON: `{ "version": 1, "passed": ..., "images": [...] }`, times in whole milliseconds. */
export function renderJson(reports: readonly VerifyReport[]): string {
  const images = reports.map((report) => ({
    ...report,
    duration: Math.round(report.duration),
    checks: report.checks.map((check) => ({ ...check, duration: Math.round(check.duration) })),
  }));
  return `${JSON.stringify({ version: 1, passed: reports.every(({ passed }) => passed), images }, null, 2)}\n`;
}
