import { checkTree } from './checks/checked-tree';
import { outputLayer } from './checks/output-layer';
import { reportChecks } from './checks/report-checks';
import { schemaLayer } from './checks/schema-layer';
import { securityLayer } from './checks/security-layer';
import { syntaxLayer } from './checks/syntax-layer';
import { typesLayer } from './checks/types-layer';
import { openTree, type OpenTreeOptions } from './open-tree';

/** Options of `validate:config`. */
export interface ValidateConfigCommandOptions extends Omit<OpenTreeOptions, 'command'> {
  readonly json?: boolean;
}

/** `dockerfile-generator validate:config`: the five layers, each shown; gives the exit status. */
export async function validateConfigCommand(options: ValidateConfigCommandOptions): Promise<number> {
  const tree = checkTree(await openTree({ ...options, command: 'validate:config' }));
  const layers = [
    schemaLayer(tree),
    typesLayer(tree, options.app),
    securityLayer(tree),
    syntaxLayer(tree),
    outputLayer(tree, options.output),
  ];
  return reportChecks(layers, options);
}
