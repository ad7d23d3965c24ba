import { readFileSync } from 'node:fs';
import { publishCommand } from './publish-command';
import type { PublishCommandOptions } from './publish-options';
import { importReceipts } from '../publish/merge';

/** `dockerfile-generator publish:merge`: joins what several machines pushed; gives the exit status. */
export async function mergeCommand(receipts: readonly string[], options: PublishCommandOptions): Promise<number> {
  importReceipts(
    options.state,
    receipts.map((file) => ({ file, text: readFileSync(file, 'utf8') })),
  );
  return publishCommand({ ...options, names: undefined }, { build: false, lists: 'join' });
}
