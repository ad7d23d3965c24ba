import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testLocalCommand } from '../../src/cli/test-local-command';
import type { Manifest } from '../../src/synth';
import { verifyImage, type VerifyReport } from '../../src/verify';
import { BASE, describeWithEngine, docker } from './engine';

const OUTPUT = join(__dirname, '../../output');
const NAME = 'nginx-php-fpm-8.4-debian';

/** The extensions that the README of the image names. */
function promisedExtensions(): { server: string[]; cli: string[] } {
  const readme = readFileSync(join(OUTPUT, NAME, 'README.md'), 'utf8');
  const list = (pattern: RegExp): string[] => (pattern.exec(readme)?.[1] ?? '').split(', ');
  const cli = list(/^Extensions: (.+)\.$/m);
  const cliOnly = list(/^Only the command line has: (.+)\.$/m);
  return { cli, server: cli.filter((name) => !cliOnly.includes(name)) };
}

describeWithEngine('a verification of the committed Debian 8.4 image', () => {
  let report: VerifyReport;

  beforeAll(async () => {
    // GIVEN the context, built by the command itself
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
    expect(report.checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(report.checks.length).toBeGreaterThan(60);
  });

  it('measures what it measures', () => {
    const seen = (id: string): string => report.checks.find((check) => check.id === id)!.seen;
    expect(seen('health/time-to-ready')).toMatch(/^ready after \d+ ms$/);
    expect(seen('process/memory-at-rest')).toMatch(/^\d+\.\d MiB in \d+ processes$/);
    expect(seen('lifecycle/graceful-stop')).toMatch(/^6 requests finished, status 0 after \d+\.\d s$/);
  });

  it('finds every extension that the README promises', async () => {
    // GIVEN
    const manifest = JSON.parse(readFileSync(join(OUTPUT, 'manifest.json'), 'utf8')) as Manifest;
    const { PHP_PACK } = await import('../../src/verify/packs');
    // WHEN
    const { checks } = await verifyImage({
      image: report.image,
      manifest: { ...manifest.images[NAME]!, extensions: promisedExtensions() },
      packs: [PHP_PACK],
    });
    // THEN
    expect(checks.find(({ id }) => id === 'php/extensions')).toMatchObject({ passed: true });
    expect(promisedExtensions().server.length).toBeGreaterThan(20);
  }, 60_000);

  it('leaves no container behind', () => {
    expect(docker('ps', '--all', '--quiet', '--filter=label=dev.projen-nginx-php.verify')).toBe('');
  });
});
