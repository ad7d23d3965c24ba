import { declare, type Declaration } from './declaration';
import { appOption, jsonOption, withSelection } from './options';

/** The command that explains: a rule, or where the values of an image come from. */
export function declareExplain(to: Declaration): void {
  const { settings, finish } = to;
  const command = declare(
    to,
    'Describe',
    'explain',
    'explain hardening rules, or where the values of images come from',
    [
      ['explain', 'every rule'],
      ['explain NGX-002', 'what it asks for, why, and what to do'],
      ['explain config shop', 'each value of an image, and the layer that it came from'],
    ],
  ).argument('[topic]', 'id of a rule, or config');
  withSelection(command)
    .addOption(appOption(settings))
    .addOption(jsonOption())
    .action(async (topic: string | undefined, names: string[], options) => {
      if (topic === 'config') {
        const { explainConfig } = await import('./explain-config');
        return finish(await explainConfig({ ...options, output: settings.output, names }));
      }
      const { explainCommand } = await import('./explain-command');
      const rules = topic === undefined ? [] : [topic, ...names];
      finish(explainCommand({ rules, json: options.json }));
    });
}
