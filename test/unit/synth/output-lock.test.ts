import fs, { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { errorOf, removeTemporaryDirectories, temporaryDirectory } from './support';
import { LOCK_FILE, withOutputLock } from '../../../src/synth/output-lock';

/** No process has this number. */
const DEAD = 99_999_999;

let directory: string;
let lock: string;

beforeEach(() => {
  directory = temporaryDirectory();
  lock = join(directory, LOCK_FILE);
});

afterEach(() => {
  jest.restoreAllMocks();
  removeTemporaryDirectories();
});

const ticketOf = (pid: number, host = hostname()) => `${LOCK_FILE}.${host}.${pid}`;

test('while one works, a lock with its name is there, and nothing else; then nothing is', () => {
  const seen = withOutputLock(directory, 0, () => [readdirSync(directory), readFileSync(lock, 'utf8')]);
  expect(seen).toEqual([['.synth-lock'], `${process.pid} ${hostname()}\n`]);
  expect(readdirSync(directory)).toEqual([]);
});

test('the lock is gone when the work fails, whose error is told', () => {
  const failing = () => {
    throw new Error('enough');
  };
  expect(() => withOutputLock(directory, 0, failing)).toThrow('enough');
  expect(readdirSync(directory)).toEqual([]);
});

test('the lock of a process that is gone is taken over', () => {
  writeFileSync(lock, `${DEAD} ${hostname()}\n`);
  expect(withOutputLock(directory, 0, () => [readdirSync(directory), readFileSync(lock, 'utf8')])).toEqual([
    [LOCK_FILE],
    `${process.pid} ${hostname()}\n`,
  ]);
});

describe('nobody works while another does', () => {
  it.each([
    ['here', `${process.pid} ${hostname()}\n`, `process ${process.pid} on ${hostname()}`],
    ['on another machine', `${DEAD} elsewhere\n`, `process ${DEAD} on elsewhere`],
    ['and does not say who it is', '', 'a process that did not leave its name'],
    ['and has no machine', `${DEAD}`, 'a process that did not leave its name'],
  ])('%s', (_, holder, name) => {
    // GIVEN
    writeFileSync(lock, holder);
    // WHEN
    const error = errorOf(() => withOutputLock(directory, 0, () => expect('work').toBe('none')));
    // THEN
    expect(error).toMatchObject({
      type: 'FILE_WRITE_ERROR',
      details: [{ where: lock, what: `another synthesis writes to this directory: ${name}` }],
    });
    expect([readdirSync(directory), readFileSync(lock, 'utf8')]).toEqual([[LOCK_FILE], holder]);
  });

  it('for as long as one has patience', () => {
    writeFileSync(lock, '1 elsewhere\n');
    const wait = jest.spyOn(Atomics, 'wait');
    errorOf(() => withOutputLock(directory, 100, () => undefined));
    expect(wait.mock.results.map(({ value }) => value as string)).toEqual(['timed-out', 'timed-out']);
    expect(wait.mock.calls.map(([, , , milliseconds]) => milliseconds)).toEqual([50, 50]);
  });

  it('and works when that is done', async () => {
    // GIVEN
    writeFileSync(lock, '1 elsewhere\n');
    const script = `setTimeout(() => require('node:fs').unlinkSync(${JSON.stringify(lock)}), 20)`;
    const worker = new Worker(script, { eval: true });
    // THEN
    expect(withOutputLock(directory, 20_000, () => 'done')).toBe('done');
    await worker.terminate();
  });
});

it.each<[string, () => void]>([
  ['a directory', () => mkdirSync(lock)],
  ['a link', () => symlinkSync('nowhere', lock)],
])('%s in the place of the lock is an error, at once', (_, plant) => {
  plant();
  expect(errorOf(() => withOutputLock(directory, 20_000, () => undefined)).details).toMatchObject([
    { where: lock, what: 'something that is not a file stands in the place of the lock' },
  ]);
  expect(readdirSync(directory)).toEqual([LOCK_FILE]);
});

test('nothing is written through a link that was planted', () => {
  // GIVEN
  const target = join(temporaryDirectory(), 'mine');
  writeFileSync(target, 'mine');
  symlinkSync(target, join(directory, ticketOf(process.pid)));
  // THEN
  expect(withOutputLock(directory, 0, () => readdirSync(directory))).toEqual([LOCK_FILE]);
  expect(readFileSync(target, 'utf8')).toBe('mine');
});

test('nothing is written through a link that is planted once more', () => {
  // GIVEN
  const target = join(temporaryDirectory(), 'mine');
  writeFileSync(target, 'mine');
  symlinkSync(target, join(directory, ticketOf(process.pid)));
  jest.spyOn(fs, 'unlinkSync').mockImplementationOnce(() => undefined);
  // THEN
  expect(errorOf(() => withOutputLock(directory, 0, () => undefined)).message).toContain('EEXIST');
  expect(readFileSync(target, 'utf8')).toBe('mine');
});

test('what killed processes of this machine left is taken away, and nothing else', () => {
  // GIVEN
  const others = [ticketOf(process.ppid), ticketOf(DEAD, 'elsewhere'), ticketOf(DEAD).replace('.', 'x')];
  const dead = [ticketOf(DEAD), `${ticketOf(DEAD)}.stale`];
  [...others, ...dead].forEach((name) => writeFileSync(join(directory, name), ''));
  // WHEN
  withOutputLock(directory, 0, () => undefined);
  // THEN
  expect(readdirSync(directory).sort()).toEqual([...others].sort());
});

test('a directory that is not there is told with the lock', () => {
  const missing = join(directory, 'nowhere');
  expect(errorOf(() => withOutputLock(missing, 0, () => undefined))).toMatchObject({
    type: 'FILE_WRITE_ERROR',
    details: [{ where: join(missing, LOCK_FILE) }],
  });
  expect(existsSync(missing)).toBe(false);
});

describe('what others do between two steps', () => {
  const dead = `${DEAD} ${hostname()}\n`;

  /** Somebody does something before the first renaming. */
  function beforeRenaming(change: () => void) {
    const { renameSync } = fs;
    return jest.spyOn(fs, 'renameSync').mockImplementationOnce((from, to) => {
      change();
      renameSync(from, to);
    });
  }

  function failOnce(code: string) {
    return jest.spyOn(fs, 'linkSync').mockImplementationOnce(() => {
      throw Object.assign(new Error(`${code}: no link`), { code });
    });
  }

  it('may be to take the lock that is taken away: it is put back', () => {
    writeFileSync(lock, dead);
    beforeRenaming(() => writeFileSync(lock, '1 elsewhere\n'));
    expect(errorOf(() => withOutputLock(directory, 0, () => undefined)).message).toContain('process 1 on elsewhere');
    expect([readdirSync(directory), readFileSync(lock, 'utf8')]).toEqual([[LOCK_FILE], '1 elsewhere\n']);
  });

  it('may be to take it earlier: it is not touched', () => {
    // GIVEN
    writeFileSync(lock, dead);
    const { readFileSync: read } = fs;
    const rename = jest.spyOn(fs, 'renameSync');
    jest.spyOn(fs, 'readFileSync').mockImplementationOnce((path, options) => {
      const text = read(path, options);
      writeFileSync(lock, '1 elsewhere\n');
      return text;
    });
    // THEN
    expect(errorOf(() => withOutputLock(directory, 0, () => undefined)).message).toContain('process 1 on elsewhere');
    expect(rename).not.toHaveBeenCalled();
  });

  it('may be to remove it too', () => {
    writeFileSync(lock, dead);
    beforeRenaming(() => unlinkSync(lock));
    expect(withOutputLock(directory, 0, () => 'done')).toBe('done');
  });

  it('may be to end their work: one looks again, or has no patience', () => {
    failOnce('EEXIST');
    expect(withOutputLock(directory, 1_000, () => 'done')).toBe('done');
    failOnce('EEXIST');
    expect(errorOf(() => withOutputLock(directory, 0, () => undefined)).message).toContain(
      'a process that did not leave its name',
    );
  });

  it('is nothing where there are no hard links: that is told', () => {
    failOnce('EPERM');
    expect(errorOf(() => withOutputLock(directory, 1_000, () => undefined)).details).toMatchObject([
      { where: lock, what: 'EPERM: no link' },
    ]);
    expect(readdirSync(directory)).toEqual([]);
  });
});
