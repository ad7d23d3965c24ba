/** What can stand in a PHP file as a literal. */
export type PhpValue = string | number | boolean | null | readonly PhpValue[] | { readonly [key: string]: PhpValue };

/** A PHP file that returns a value. */
export function renderPhpReturn(comment: string, value: PhpValue): string {
  return `<?php\n// ${comment}\nreturn ${renderPhpValue(value, '')};\n`;
}

function renderPhpValue(value: PhpValue, indent: string): string {
  if (typeof value === 'string') {
    return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  }
  if (typeof value !== 'object' || value === null) {
    return String(value);
  }
  if (isList(value)) {
    return value.every((item) => typeof item !== 'object')
      ? `[${value.map((item) => renderPhpValue(item, indent)).join(', ')}]`
      : renderLines(
          value.map((item) => renderPhpValue(item, `${indent}    `)),
          indent,
        );
  }
  return renderLines(
    Object.entries(value).map(
      ([key, item]) => `${renderPhpValue(key, '')} => ${renderPhpValue(item, `${indent}    `)}`,
    ),
    indent,
  );
}

function isList(value: object): value is readonly PhpValue[] {
  return Array.isArray(value);
}

function renderLines(lines: readonly string[], indent: string): string {
  return `[\n${lines.map((line) => `${indent}    ${line},\n`).join('')}${indent}]`;
}
