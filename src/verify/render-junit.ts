import type { CheckResult, VerifyReport } from './report';

/** Reports as JUnit XML: a suite for each image, a case for each check. */
export function renderJUnit(reports: readonly VerifyReport[]): string {
  const totals = attributes({
    name: 'projen-nginx-php verify',
    ...counts(reports.flatMap(({ checks }) => checks)),
    time: seconds(reports),
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${totals}>\n${reports.map(suite).join('')}</testsuites>\n`;
}

function suite(report: VerifyReport): string {
  const head = attributes({ name: report.image, ...counts(report.checks), time: seconds([report]) });
  return `  <testsuite${head}>\n${report.checks.map((check) => testCase(check, report.image)).join('')}  </testsuite>\n`;
}

function testCase(check: CheckResult, image: string): string {
  const head = attributes({ name: check.id, classname: `${image}.${check.group}`, time: seconds([check]) });
  return `    <testcase${head}>\n${outcome(check)}    </testcase>\n`;
}

function outcome({ passed, skipped, expectation, seen }: CheckResult): string {
  if (skipped) {
    return `      <skipped${attributes({ message: seen })}/>\n`;
  }
  if (passed) {
    return `      <system-out>${escape(`expected: ${expectation}\nseen: ${seen}`)}</system-out>\n`;
  }
  return `      <failure${attributes({ message: expectation, type: 'check' })}>${escape(seen)}</failure>\n`;
}

function counts(checks: readonly CheckResult[]): Record<string, number> {
  return {
    tests: checks.length,
    failures: checks.filter(({ passed }) => !passed).length,
    errors: 0,
    skipped: checks.filter(({ skipped }) => skipped).length,
  };
}

function seconds(items: ReadonlyArray<{ readonly duration: number }>): string {
  return (items.reduce((sum, { duration }) => sum + duration, 0) / 1000).toFixed(3);
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escape(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 knows no way to write most control characters, nor half of a surrogate pair. */
function escape(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '�')
    .replace(/[&<>"]/g, (character) => ENTITIES[character]!);
}
