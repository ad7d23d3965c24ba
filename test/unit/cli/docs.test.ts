import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inEmptyFolder, runHere } from './run-here';
import { createProgram } from '../../../src/cli/program';
import { renderDocs } from '../../../src/cli/render-docs';
import { COMMAND_TASKS } from '../../../src/project/command-tasks';

const PAGE = join(__dirname, '../../../docs/cli.md');

/** Tables are aligned by prettier when the page is written: spaces, and the dashes below a head, say nothing. */
function bare(markdown: string): string[] {
  return markdown
    .replace(/-{3,}/g, '---')
    .replace(/[ \n]+/g, ' ')
    .trim()
    .split(' | ');
}

describe('the commands', () => {
  inEmptyFolder();

  it('are told of in docs/cli.md as they are: npx projen cli:docs', () => {
    expect(bare(readFileSync(PAGE, 'utf8'))).toEqual(bare(renderDocs()));
  });

  const commands = createProgram(() => undefined).commands.map((command) => command.name());

  it.each(commands)('%s has a help with examples, on stdout', async (name) => {
    const { status, stdout, stderr } = await runHere(name, '--help');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      new RegExp(`^Usage: dockerfile-generator ${name} [^]*\\nExamples:\\n  # .+\\n  dockerfile-generator ${name}`),
    );
  });

  it('that are tasks of a project are commands', () => {
    expect(Object.keys(COMMAND_TASKS).filter((name) => !commands.includes(name))).toEqual([]);
  });
});
