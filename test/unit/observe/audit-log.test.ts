import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuditLog, verifyAudit, type AuditEvent } from '../../../src/observe';
import { endOf, removeTemporaryDirectories, temporaryDirectory } from '../synth/support';

const ROOT = join(__dirname, '../../..');

afterEach(removeTemporaryDirectories);

const EVENT: AuditEvent = {
  action: 'push',
  image: 'shop',
  digest: `sha256:${'ab'.repeat(32)}`,
  where: 'push shop/amd64 registry.example.com/shop',
  outcome: 'done',
  who: { user: 'ann', host: 'ci-1' },
  when: '2026-11-23T10:00:00.000Z',
};

/** A log of some pushes. */
function logOf(tags: readonly string[]): string {
  const file = join(temporaryDirectory(), 'deep', 'audit.jsonl');
  const log = new AuditLog(file);
  tags.forEach((tag) => log.append({ ...EVENT, action: 'tag', where: tag }));
  return file;
}

function change(file: string, edit: (lines: string[]) => string[]): void {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  writeFileSync(
    file,
    edit(lines)
      .map((line) => `${line}\n`)
      .join(''),
  );
}

describe('the audit log', () => {
  it('is a chain of JSON lines', () => {
    // GIVEN
    const file = logOf(['8.4', 'latest']);
    // WHEN
    const [first, second] = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    // THEN
    expect(first).toMatchObject({ number: 1, action: 'tag', where: '8.4', previous: '0'.repeat(64) });
    expect(second).toMatchObject({ number: 2, where: 'latest', previous: first!.hash });
    expect(verifyAudit(file)).toEqual({ file, entries: 2, head: second!.hash, problems: [] });
  });

  it.each<[string, (lines: string[]) => string[], RegExp, number]>([
    ['a changed word', ([a, b, c]) => [a!, b!.replace('ann', 'bob'), c!], /does not have its hash/, 2],
    ['a line taken out', ([a, , c]) => [a!, c!], /its number is 3/, 2],
    ['a line put in', ([a, b, c]) => [a!, a!, b!, c!], /its number is 1/, 2],
    ['two lines that changed places', ([a, b, c]) => [b!, a!, c!], /does not follow the line before/, 1],
    ['a line that is no JSON', ([a, , c]) => [a!, 'ok', c!], /not a line of an audit log/, 2],
    ['a first line taken out', ([, b, c]) => [b!, c!], /does not follow/, 1],
  ])('tells of %s, and of its line', (_, edit, what, line) => {
    // GIVEN
    const file = logOf(['1', '2', '3']);
    // WHEN
    change(file, edit);
    // THEN
    const [first] = verifyAudit(file).problems.filter((problem) => what.test(problem.what));
    expect(first?.where).toBe(`${file}:${line}`);
  });

  it('tells of lines cut off at the end, and of a chain written anew, by a hash that was kept', () => {
    // GIVEN
    const file = logOf(['1', '2', '3']);
    const { head } = verifyAudit(file);
    // WHEN
    change(file, (lines) => lines.slice(0, 2));
    // THEN
    expect(verifyAudit(file).problems).toEqual([]);
    expect(verifyAudit(file, { head }).problems[0]!.what).toContain('the end was cut off');
    expect(verifyAudit(logOf(['1', '2', 'other']), { head }).problems).toHaveLength(1);
  });

  it('says that the last line was not written to its end', () => {
    const file = logOf(['1', '2']);
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, -10));
    expect(verifyAudit(file).problems.map(({ what }) => what)).toContain('the last line does not end');
  });

  it('keeps its chain while several processes append', async () => {
    // GIVEN
    const file = logOf([]);
    const append = `const { AuditLog } = require(${JSON.stringify(join(ROOT, 'src/observe/audit-log.ts'))});
      for (let i = 0; i < 10; i++) new AuditLog(${JSON.stringify(file)}).append(${JSON.stringify(EVENT)});`;
    const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs');
    // WHEN
    const ends = await Promise.all(
      [1, 2, 3].map(() => endOf(spawn(process.execPath, [tsx, '-e', append], { stdio: ['ignore', 'pipe', 'pipe'] }))),
    );
    // THEN
    expect(ends.map(({ status, stderr }) => [status, stderr])).toEqual([
      [0, ''],
      [0, ''],
      [0, ''],
    ]);
    expect(verifyAudit(file)).toMatchObject({ entries: 30, problems: [] });
  }, 60_000);

  it('refuses to go on where it cannot be written', () => {
    expect(() => new AuditLog('/proc/audit.jsonl').append(EVENT)).toThrow(/FILE_WRITE_ERROR[^]*--audit-log/);
  });
});
