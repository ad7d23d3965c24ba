import { DockerfileGeneratorError } from '../errors';
import { STATUS } from './exit-status';
import { openTree, type OpenTreeOptions } from './open-tree';
import { renderTable } from './table';
import { paint, print, printJson } from './terminal';
import { prepareTree } from '../synth/prepare-tree';

/** Options of `explain config`. */
export interface ExplainConfigOptions extends Omit<OpenTreeOptions, 'command' | 'all'> {
  readonly json?: boolean;
}

/**
 * `dockerfile-generator explain config IMAGE`: each value and the layer that it came from, an aspect too; gives the exit
 * status.
 *
 * @throws DockerfileGeneratorError VALIDATION_ERROR: of values that are refused, others would be shown
 */
export async function explainConfig(options: ExplainConfigOptions): Promise<number> {
  const { app, images } = await openTree({ ...options, command: 'explain config' });
  const { problems } = prepareTree(app);
  if (problems.length > 0) {
    throw new DockerfileGeneratorError('VALIDATION_ERROR', problems);
  }
  const explained = images.map((image) => ({ image: image.node.id, values: image.explainConfig() }));
  if (options.json) {
    printJson(Object.fromEntries(explained.map(({ image, values }) => [image, values])));
    return STATUS.ok;
  }
  for (const { image, values } of explained) {
    const rows = values.map(({ path, value, layer }) => [path, JSON.stringify(value), layer]);
    const head = [image, 'VALUE', 'LAYER'].map((title) => paint('bold', title));
    print(renderTable([head, ...rows]));
  }
  return STATUS.ok;
}
