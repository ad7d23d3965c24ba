import type * as Yaml from 'yaml';

const OPTIONS: Yaml.CreateNodeOptions & Yaml.DocumentOptions & Yaml.SchemaOptions & Yaml.ToStringOptions = {
  aliasDuplicateObjects: false,
  // Kubernetes reads YAML 1.1, in which an unquoted `on` is a boolean.
  compat: 'yaml-1.1',
  lineWidth: 0,
};

/** Texts that are the same in every reading of YAML, with quotes and without. */
const PLAIN = /^[A-Za-z][A-Za-z0-9_./-]*$/;

/** Further texts of values: names with a tag, paths, mounts. */
const PLAIN_VALUE = /^(?:[A-Za-z/][A-Za-z0-9_./=,:-]*[A-Za-z0-9_./=,-]|\$\{[A-Z]+:-[A-Za-z0-9_./:-]*\})$/;

/** Texts of several lines, none of which is empty, begins further in than the first or ends with a space. */
const LINES = /^(?! )(?:[\x20-\x7e]*[\x21-\x7e]\n){2,}$/;

/** Words that some reading takes for a boolean, for nothing or for a number. */
const SPECIAL = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf|e[-+]?[0-9]+)$/i;

/** Texts of values that are not plain, as the library writes them, at most so many. */
const KEPT = 2_000;
const scalars = new Map<unknown, string>();

/** Documents of YAML below a comment, in the form that prettier gives them. */
export function renderYaml(comment: readonly string[], ...documents: readonly object[]): string {
  const head = comment.map((line) => `# ${line}`.trimEnd() + '\n').join('');
  return head + documents.map(renderDocument).join('---\n');
}

function renderDocument(document: object): string {
  const text = block(document, '');
  return text === undefined ? library().stringify(document, OPTIONS) : text;
}

/** Lines of a mapping or a list; undefined for what only the library writes: lists of lists, and texts with empty lines. */
function block(value: object, indent: string): string | undefined {
  return Array.isArray(value) ? list(value, indent) : mapping(value, indent);
}

function list(value: readonly unknown[], indent: string): string | undefined {
  let text = '';
  for (const inner of value) {
    const item = listItem(inner, indent);
    if (item === undefined) {
      return undefined;
    }
    text += item;
  }
  return text === '' ? `${indent}[]\n` : text;
}

function mapping(value: object, indent: string): string | undefined {
  let text = '';
  for (const [key, inner] of Object.entries(value)) {
    const line = inner === undefined ? '' : pair(key, inner, indent);
    if (line === undefined) {
      return undefined;
    }
    text += line;
  }
  return text === '' ? `${indent}{}\n` : text;
}

function pair(key: string, value: unknown, indent: string): string | undefined {
  if (!PLAIN.test(key) || SPECIAL.test(key)) {
    return undefined;
  }
  if (typeof value === 'string' && value.includes('\n') && LINES.test(value)) {
    return `${indent}${key}: |\n${value.replace(/^/gm, `${indent}  `).slice(0, -2 - indent.length)}`;
  }
  if (!isFilled(value)) {
    const text = inline(value);
    return text === undefined ? undefined : `${indent}${key}: ${text}\n`;
  }
  const inner = block(value, `${indent}  `);
  return inner === undefined ? undefined : `${indent}${key}:\n${inner}`;
}

function listItem(value: unknown, indent: string): string | undefined {
  if (Array.isArray(value)) {
    return undefined;
  }
  if (!isFilled(value)) {
    const text = inline(value);
    return text === undefined ? undefined : `${indent}- ${text}\n`;
  }
  const inner = block(value, `${indent}  `);
  return inner === undefined ? undefined : `${indent}- ${inner.slice(indent.length + 2)}`;
}

function isFilled(value: unknown): value is object {
  return (
    typeof value === 'object' && value !== null && Object.values(value).some((inner: unknown) => inner !== undefined)
  );
}

/** A value on one line; undefined for what has several. */
function inline(value: unknown): string | undefined {
  if (typeof value === 'object' && value !== null) {
    return Array.isArray(value) ? (value.length > 0 ? undefined : '[]') : '{}';
  }
  if (typeof value === 'string' && /[\n\r]/.test(value)) {
    return undefined;
  }
  return ['string', 'number', 'boolean'].includes(typeof value) ? scalar(value) : undefined;
}

function scalar(value: unknown): string {
  if (typeof value === 'string' && (PLAIN.test(value) || PLAIN_VALUE.test(value)) && !SPECIAL.test(value)) {
    return value;
  }
  const known = scalars.get(value);
  if (known !== undefined) {
    return known;
  }
  const text = library().stringify(value, OPTIONS).replace(/\n$/, '');
  if (scalars.size >= KEPT) {
    scalars.clear();
  }
  scalars.set(value, text);
  return text;
}

function library(): typeof Yaml {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazy: most of a program's runs write no YAML
  return require('yaml') as typeof Yaml;
}
