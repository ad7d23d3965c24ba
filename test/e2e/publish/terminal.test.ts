import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { bundledCli, Project } from './cli';
import { describePublish, temporaryDirectory } from './describe-publish';
import { writeOutput } from './fixture';
import { TestRegistry } from './registry';

describePublish('a publish on a terminal', [], () => {
  const { path } = temporaryDirectory();

  it('has a live line for each image and architecture, with elapsed and expected time, and a table in the end', async () => {
    // GIVEN
    const registry = await TestRegistry.start();
    const project = new Project(join(path, 'project'), {
      test: { registries: [{ registry: registry.host }], verify: 'inspect' },
    });
    writeOutput(project.output, [{ name: 'web', text: 'one' }]);
    const command = `stty cols 120 rows 40; ${process.execPath} ${bundledCli()} publish --environment=test --rebuild`;
    const onTerminal = (): string => {
      const args = ['--quiet', '--return', '--command', command, join(path, 'typescript')];
      const env = { ...process.env, CI: undefined, TERM: 'xterm' };
      const { status, stdout } = spawnSync('script', args, { cwd: project.directory, env, encoding: 'utf8' });
      expect(status).toBe(0);
      return stripVTControlCharacters(stdout);
    };
    // WHEN
    onTerminal();
    const shown = onTerminal();
    // THEN
    expect(shown).toMatch(/✔ web amd64/);
    expect(shown).toMatch(/✔ web arm64/);
    expect(shown).toMatch(/✔ web lists and tags/);
    expect(shown).toMatch(/build[^\n]* \([\d.]+ m?s of about [\d.]+ m?s\)/);
    expect(shown).toMatch(/IMAGE +ARCH +RESULT/);
    await registry.remove();
  });
});
