import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commandOf, installTarball } from './support/pack';
import { closeTerminals, describeOnTerminal, Terminal, type TerminalOptions } from './support/terminal';
import { BASE } from '../e2e/engine';
import { describePublish } from '../e2e/publish/describe-publish';
import { writeOutput } from '../e2e/publish/fixture';
import { TestRegistry } from '../e2e/publish/registry';

/** A build that takes longer than any test. */
const SLOW = 'FROM base\nRUN sleep 300\nEXPOSE 8080/tcp\nUSER 10001:10001\nENTRYPOINT ["/bin/true"]\n';

let folder: string;
let registry: TestRegistry;

/** Starts the installed command on a terminal, in a project with an output of two small images. */
function open(line: string, options: Partial<TerminalOptions> = {}): Terminal {
  const PATH = `${dirname(commandOf(installTarball()))}:${process.env.PATH}`;
  return new Terminal(`dockerfile-generator ${line}`, {
    directory: folder,
    ...options,
    environment: { PATH, GIT_CEILING_DIRECTORIES: folder },
  });
}

function run(line: string, options: Partial<TerminalOptions> = {}) {
  const terminal = open(line, options);
  try {
    return terminal.end();
  } finally {
    terminal.close();
  }
}

describeOnTerminal('on a terminal', () => {
  describePublish('with an engine and a registry', [], () => {
    beforeAll(async () => {
      // GIVEN
      folder = mkdtempSync(join(installTarball(), 'publish-'));
      registry = await TestRegistry.start();
      const settings = { registries: [{ registry: registry.host, namespace: 'staging' }], verify: 'inspect' };
      const environments = {
        staging: settings,
        production: { ...settings, registries: [{ registry: registry.host, namespace: 'production' }] },
      };
      writeFileSync(join(folder, 'package.json'), JSON.stringify({ 'dockerfile-generator': { environments } }));
      writeOutput(join(folder, 'output'), [
        { name: 'web', text: 'one' },
        { name: 'zzz-slow', text: 'one', architectures: ['amd64'], dockerfile: SLOW },
      ]);
    }, 600_000);

    afterAll(async () => {
      closeTerminals();
      await registry?.remove();
      rmSync(folder, { recursive: true, force: true });
    });

    it.each([80, 120])(
      'build:image shows a line each image and architecture, and what was done, in %d columns',
      (columns) => {
        const { text, broken } = run('build:image web --rebuild', {
          columns,
        });
        expect(broken).toEqual([]);
        expect(text).toMatch(/✔ web amd64/);
        expect(text).toMatch(/^IMAGE +ARCH +RESULT/m);
        expect(text).toMatch(/^\d of \d steps in [\d.]+ m?s\n\[exit 0\]$/m);
      },
    );

    it('publish --dry-run shows the steps and does none', async () => {
      const { text, broken } = run('publish web --environment staging --dry-run');
      expect([broken, text]).toEqual([[], expect.stringMatching(/push web\/amd64[^]*\[exit 0\]$/)]);
      expect(await registry.tags('staging/web')).toEqual([]);
    });

    it('publish, promote and deploy:manifest end with the tags in the registry, and a log that holds', async () => {
      expect(run('publish web --environment staging').text).toMatch(/✔ web lists and tags[^]*\[exit 0\]$/);
      expect(run('promote web --from staging --to production').text).toMatch(/\[exit 0\]$/);
      expect(run('deploy:manifest web --environment staging --tag next').text).toMatch(/\[exit 0\]$/);
      expect(await registry.tags('staging/web')).toEqual(['latest', 'next']);
      expect(await registry.tags('production/web')).toEqual(['latest']);
      const audit = run('audit verify .publish/audit.jsonl');
      expect(audit.broken).toEqual([]);
      expect(audit.styled).toMatch(/\{32\}passed +\d+ entries[^]*^head [0-9a-f]{64}$/m);
      // WHEN somebody changes it
      const log = join(folder, '.publish/audit.jsonl');
      writeFileSync(log, readFileSync(log, 'utf8').replace('staging', 'elsewhere'));
      const tampered = run('audit verify .publish/audit.jsonl');
      expect(tampered.styled).toMatch(/\{31\}failed[^]*\[exit 1\]$/);
    }, 120_000);

    it('a password is asked for, and is not shown', () => {
      const terminal = open(`deploy:hub web --registry ${registry.host} --username me --password-stdin --dry-run`);
      terminal.shows(/^password: /m);
      terminal.type('geheim', 'Enter');
      const { text } = terminal.end();
      terminal.close();
      expect(text).not.toContain('geheim');
      expect(text).toMatch(/^password:\n[^]*\[exit 0\]$/);
    });

    it('Ctrl-C in the middle of a build ends it in order, and says how to go on', () => {
      // WHEN
      const terminal = open(`build:image zzz-slow --build-context base=docker-image://${BASE}`);
      terminal.shows(/build.*sleep 300|build: .*RUN/);
      terminal.type('C-c');
      const { text, broken } = terminal.end();
      terminal.close();
      // THEN
      expect(broken).toEqual([]);
      expect(text).toMatch(/stopped: the same command goes on from here\n\[exit 130\]$/);
    }, 120_000);

    it('Ctrl-C at the password ends the command', () => {
      const terminal = open(`deploy:hub web --registry ${registry.host} --username me --password-stdin --dry-run`);
      terminal.shows(/^password: /m);
      terminal.type('C-c');
      const { text } = terminal.end();
      terminal.close();
      expect(text).toMatch(/\[exit 130\]$/);
    });
  });
});
