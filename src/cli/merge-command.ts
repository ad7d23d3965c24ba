import { readFileSync } from 'node:fs';
import { publishCommand } from './publish-command';
import type { PublishCommandOptions } from './publish-options';
import { DockerfileGeneratorError, whyNotRead } from '../errors';
import { importReceipts } from '../publish/merge';

/** `dockerfile-generator publish:merge`: joins what several machines pushed; gives the exit status. */
export async function mergeCommand(receipts: readonly string[], options: PublishCommandOptions): Promise<number> {
  if (receipts.length === 0) {
    const next = 'name the receipts that the jobs of `publish --shard` have written (publish --receipt FILE)';
    const problem = { where: 'publish merge', what: 'no receipt is named', next };
    throw new DockerfileGeneratorError('VALIDATION_ERROR', [problem]);
  }
  importReceipts(
    options.state,
    receipts.map((file) => ({ file, text: readReceipt(file) })),
  );
  return publishCommand({ ...options, names: undefined }, { build: false, lists: 'join' });
}

function readReceipt(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const problem = {
      where: file,
      what: `this receipt cannot be read: ${whyNotRead(error)}`,
      next: 'name the receipts that the jobs of `publish --shard` have written (publish --receipt FILE)',
    };
    throw new DockerfileGeneratorError('CONFIG_LOAD_ERROR', [problem], { cause: error });
  }
}
