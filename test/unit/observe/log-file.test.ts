import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redactor } from '../../../src/observe';
import type { LogOptions } from '../../../src/observe/logger';
import { openLog } from '../../../src/observe/pino-logger';
import { removeTemporaryDirectories, temporaryDirectory } from '../synth/support';

afterEach(removeTemporaryDirectories);

const redactor = new Redactor(['hunter22']);

/** Writes some lines as one run of a command does. */
async function run(file: string, options: Partial<LogOptions> = {}, text = 'pushed'): Promise<void> {
  const log = await openLog({ file, redactor, ...options });
  log.debug('looking', { at: 'shop' });
  log.info(text, { password: 'secret', url: 'https://ann:pw@registry.example.com' });
  log.error('refused hunter22');
  await log.close();
}

function linesOf(file: string): Array<Record<string, unknown>> {
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('a log file', () => {
  it('has an object a line, from its level on, without secrets; a second run goes on in it', async () => {
    // GIVEN
    const file = join(temporaryDirectory(), 'logs/run.log');
    // WHEN
    await run(file);
    await run(file, { level: 'error' });
    // THEN
    expect(linesOf(file)).toEqual([
      expect.objectContaining({
        level: 'info',
        msg: 'pushed',
        password: '[redacted]',
        url: 'https://[redacted]@registry.example.com',
      }),
      expect.objectContaining({ level: 'error', msg: 'refused [redacted]' }),
      expect.objectContaining({ level: 'error', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) }),
    ]);
  });

  it('can be written for people', async () => {
    const file = join(temporaryDirectory(), 'run.log');
    await run(file, { style: 'pretty', level: 'debug' });
    expect(readFileSync(file, 'utf8')).toMatch(/DEBUG.*looking[^]*INFO.*pushed[^]*ERROR.*refused \[redacted\]/);
  });

  it('is put aside when it is too large, and only so many are kept', async () => {
    // GIVEN
    const directory = temporaryDirectory();
    const file = join(directory, 'run.log');
    const rotation = { size: '1K', age: '1d', files: 2 };
    // WHEN
    for (let index = 0; index < 6; index++) {
      await run(file, { rotation }, 'x'.repeat(1500));
    }
    // THEN
    const aside = readdirSync(directory).filter((name) => name !== 'run.log' && name.endsWith('run.log'));
    expect(aside.length).toBeGreaterThanOrEqual(1);
    expect(aside.length).toBeLessThanOrEqual(2);
  });

  it('is put aside when it is too old', async () => {
    // GIVEN a log that was last written the day before yesterday
    const directory = temporaryDirectory();
    const file = join(directory, 'run.log');
    writeFileSync(file, '{"msg":"old"}\n');
    const then = Date.now() / 1000 - 2 * 86_400;
    utimesSync(file, then, then);
    // WHEN
    await run(file);
    // THEN
    expect(linesOf(file).map(({ msg }) => msg)).toEqual(['pushed', 'refused [redacted]']);
    const [aside] = readdirSync(directory).filter((name) => name !== 'run.log' && name.endsWith('run.log'));
    expect(linesOf(join(directory, aside!))).toEqual([{ msg: 'old' }]);
  });

  it('that cannot be opened is an error that names it', async () => {
    const obstacle = join(temporaryDirectory(), 'file');
    writeFileSync(obstacle, '');
    await expect(run(join(obstacle, 'run.log'))).rejects.toThrow(/FILE_WRITE_ERROR[^]*file\/run.log[^]*--log-file/);
  });
});
