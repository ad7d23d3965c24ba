import type * as Yaml from 'yaml';

const OPTIONS: Yaml.CreateNodeOptions & Yaml.DocumentOptions & Yaml.SchemaOptions & Yaml.ToStringOptions = {
  aliasDuplicateObjects: false,
  // Kubernetes reads YAML 1.1, in which an unquoted `on` is a boolean.
  compat: 'yaml-1.1',
  lineWidth: 0,
};

/** Documents of YAML below a comment, in the form that prettier gives them. */
export function renderYaml(comment: readonly string[], ...documents: readonly object[]): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazy: most of a program's runs write no YAML
  const { stringify } = require('yaml') as typeof Yaml;
  const head = comment.map((line) => `# ${line}`.trimEnd() + '\n').join('');
  return head + documents.map((document) => stringify(document, OPTIONS)).join('---\n');
}
