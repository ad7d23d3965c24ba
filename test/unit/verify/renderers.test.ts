import { renderJson, renderJUnit, renderTable, type VerifyReport } from '../../../src/verify';

/** An XML parser that is not ours: that of projen's own dependencies. */
const { create } = jest.requireActual<{
  create(xml: string): { end(options: { format: 'object'; verbose: true }): unknown };
}>('projen/node_modules/xmlbuilder2');

const HOSTILE = `a < b & "c" > 'd' ]]> \u0000\u001b[31m\u0085 \ud800 €𝄞\nsecond line`;

const REPORT: VerifyReport = {
  image: 'shop:amd64',
  php: '8.4',
  platform: 'debian trixie',
  passed: false,
  duration: 2500.4,
  checks: [
    { id: 'a/good', group: 'a', expectation: 'it holds', seen: 'it does', passed: true, duration: 12.3 },
    { id: 'a/bad', group: 'a', expectation: HOSTILE, seen: HOSTILE, passed: false, duration: 4 },
    { id: 'b/absent', group: 'b', expectation: 'it applies', seen: 'no TLS', passed: true, skipped: true, duration: 0 },
  ],
};

interface Element {
  readonly [name: `@${string}`]: string;
  readonly testcase?: readonly Element[];
  readonly failure?: ReadonlyArray<{ readonly '@message': string; readonly '#': string }>;
  readonly skipped?: readonly Element[];
  readonly testsuite?: readonly Element[];
}

test('JUnit: an independent parser finds the totals, each check, and what failed', () => {
  // WHEN
  const xml = renderJUnit([REPORT]);
  const [suites] = (create(xml).end({ format: 'object', verbose: true }) as { testsuites: [Element] }).testsuites;
  // THEN
  const [suite] = suites.testsuite!;
  expect(suite).toMatchObject({
    '@name': 'shop:amd64',
    '@tests': '3',
    '@failures': '1',
    '@skipped': '1',
    '@time': '2.500',
  });
  const [good, bad, absent] = suite!.testcase!;
  expect(good).toMatchObject({ '@name': 'a/good', '@classname': 'shop:amd64.a', '@time': '0.012' });
  expect(decode(bad!.failure![0]!['#'])).toBe(`a < b & "c" > 'd' ]]> \ufffd\ufffd[31m\u0085 \ufffd €𝄞\nsecond line`);
  expect(bad!.failure![0]!['@message']).toContain('second line');
  expect(absent!.skipped![0]).toMatchObject({ '@message': 'no TLS' });
});

/** That parser leaves entities as they are. */
function decode(text: string): string {
  const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' };
  return text.replace(/&(\w+);/g, (_, name: string) => entities[name] ?? `unknown entity ${name}`);
}

test('JUnit has no character that XML 1.0 forbids', () => {
  expect(renderJUnit([REPORT])).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u);
});

test('JSON says all, in whole milliseconds', () => {
  const { version, passed, images } = JSON.parse(renderJson([REPORT])) as {
    version: number;
    passed: boolean;
    images: VerifyReport[];
  };
  expect([version, passed]).toEqual([1, false]);
  expect(images[0]).toMatchObject({ image: 'shop:amd64', duration: 2500 });
  expect(images[0]!.checks[1]).toEqual({ ...REPORT.checks[1], seen: HOSTILE });
});

test('the table has a line a check, what failed below it, and no control character', () => {
  // WHEN
  const table = renderTable(REPORT);
  // THEN
  const lines = table.split('\n');
  expect(lines[0]).toBe('shop:amd64 (PHP 8.4, debian trixie)');
  expect(lines[3]).toMatch(/^passed +a\/good +it holds +it does +12 ms$/);
  expect(lines.filter((line) => line.startsWith('FAILED a/bad'))).toHaveLength(1);
  expect(table).toContain('1 passed, 1 failed, 1 skipped in 2.5 s');
  expect(table.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});

test('on a terminal no line of the table is wider than it', () => {
  const wide = { ...REPORT, checks: REPORT.checks.map((check) => ({ ...check, expectation: 'word '.repeat(40) })) };
  for (const columns of [64, 120]) {
    const [, table = ''] = renderTable(wide, columns).split('\n\n');
    expect(table.split('\n').filter((line) => line.length > columns)).toEqual([]);
    expect(table).toMatch(columns === 64 ? /^RESULT +CHECK +SEEN +TIME$/m : /^RESULT +CHECK +EXPECTED +SEEN +TIME$/m);
  }
});
