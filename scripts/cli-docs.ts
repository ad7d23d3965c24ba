import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { renderDocs } from '../src/cli/render-docs';

/** Writes docs/cli.md. The defaults are those of a folder without a project. */
async function main(): Promise<void> {
  const file = join(__dirname, '../docs/cli.md');
  process.chdir(tmpdir());
  writeFileSync(file, await format(renderDocs(), { ...(await resolveConfig(file)), parser: 'markdown' }));
}

void main();
