import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BASE, describeWithEngine, docker } from './engine';
import { testLocalCommand } from '../../src/cli/test-local-command';
import type { VerifyReport } from '../../src/verify';

const OUTPUT = join(__dirname, '../../output');
const NAME = 'nginx-php-fpm-8.4-debian';
const REFERENCE = `projen-nginx-php-verify/${NAME}:amd64`;

function containers(): string[] {
  const mine = `--filter=label=dev.projen-nginx-php.verify=${REFERENCE}`;
  return docker('ps', '--all', '--quiet', mine).split('\n').filter(Boolean);
}

describeWithEngine('a verification of the committed Debian 8.4 image', () => {
  let report: VerifyReport;
  let before: string[];

  beforeAll(async () => {
    // GIVEN the context, built by the command itself
    before = containers();
    const written: string[] = [];
    const print = jest.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    const json = join(__dirname, '../../test-reports/verify.json');
    const junit = join(__dirname, '../../test-reports/verify.xml');
    try {
      // WHEN
      await testLocalCommand({
        output: OUTPUT,
        names: [NAME],
        arch: 'amd64',
        buildContext: [`base=docker-image://${BASE}`],
        network: 'host',
        json,
        junit,
      });
    } finally {
      print.mockRestore();
    }
    report = (JSON.parse(readFileSync(json, 'utf8')) as { images: [VerifyReport] }).images[0];
    expect(written.join('')).toContain('health/ping');
    expect(readFileSync(junit, 'utf8')).toContain('<testcase name="health/ping"');
  }, 600_000);

  it('finds that every check passes', () => {
    expect(report.image).toBe(REFERENCE);
    expect(report.checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(report.checks.length).toBeGreaterThan(60);
  });

  it('measures what it measures', () => {
    const seen = (id: string): string => report.checks.find((check) => check.id === id)!.seen;
    expect(seen('health/time-to-ready')).toMatch(/^ready after \d+ ms$/);
    expect(seen('php/extensions')).toMatch(/^\d\d in the server, \d\d in the command line$/);
    expect(seen('process/memory-at-rest')).toMatch(/^\d+\.\d MiB in \d+ processes$/);
    expect(seen('lifecycle/graceful-stop')).toMatch(/^6 requests finished, status 0 after \d+\.\d s$/);
  });

  it('says once that there is no image of a name', async () => {
    const missing = testLocalCommand({ output: OUTPUT, names: [NAME], image: `${BASE}-not-there` });
    await expect(missing).rejects.toMatchObject({
      type: 'DOCKER_ERROR',
      details: [{ what: `there is no image ${BASE}-not-there, and it cannot be pulled` }],
    });
  });

  it('leaves no container behind', () => {
    // A verification that was killed, on a machine that is kept, may have left some: they are not this one's.
    expect(containers().filter((id) => !before.includes(id))).toEqual([]);
  });
});
