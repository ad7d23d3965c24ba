import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DockerfileGeneratorError, whyNotRead } from '../errors';
// Not through the room's index: that would load the construct tree.
import { MANIFEST_FILE, manifestSchema, type Manifest } from '../synth/manifest';

/**
 * The manifest of a synthesis.
 *
 * @throws DockerfileGeneratorError CONFIG_LOAD_ERROR
 */
export function readManifest(output: string): Manifest {
  const file = join(output, MANIFEST_FILE);
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const problem = {
      where: file,
      what: 'is not the manifest of a synthesis',
      why: whyNotRead(error),
      next: 'run: dockerfile-generator synth, or without a project dockerfile-generator build:dockerfile --php VERSION --platform NAME; or name an output with --output',
    };
    throw new DockerfileGeneratorError('CONFIG_LOAD_ERROR', [problem], { cause: error });
  }
}
