import { DockerfileGeneratorError } from '../errors/dockerfile-generator-error';
import { keyOf } from './plan/facts';
import { Journal } from './state/journal';
import type { Receipt } from './state/receipt';

/** A receipt of one of several machines. */
export interface ReceiptFile {
  readonly file: string;
  readonly text: string;
}

/**
 * Takes over what other machines did, so that this one can join it. Whether an image is where its receipt says, a
 * registry is asked later.
 *
 * @throws DockerfileGeneratorError CONFIG_LOAD_ERROR where a file is no receipt
 */
export function importReceipts(state: string, files: readonly ReceiptFile[]): void {
  const journal = new Journal(state);
  for (const { images } of files.map(parse)) {
    for (const [name, { architectures }] of Object.entries(images)) {
      for (const [architecture, item] of Object.entries(architectures)) {
        const { digest, identity, labels, descriptors, attested, verification, scan, notAttested } = item;
        journal.write(keyOf(name, architecture), {
          identity,
          image: { digest, labels, descriptors, attested },
          verification,
          scan,
          attestations: notAttested,
        });
      }
    }
  }
}

function parse({ file, text }: ReceiptFile): Receipt {
  try {
    const receipt = JSON.parse(text) as Receipt;
    if (receipt.version === 1 && typeof receipt.images === 'object') {
      return receipt;
    }
  } catch {
    // Told below.
  }
  throw new DockerfileGeneratorError('CONFIG_LOAD_ERROR', [
    { where: file, what: 'it is no receipt of a publish', next: 'give the files that publish --receipt FILE wrote' },
  ]);
}
