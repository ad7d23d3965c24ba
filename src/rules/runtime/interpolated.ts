/** What stands behind the name of a variable: `:-default`, `?message`. */
const OPERATOR = /^(:?[-+?])?([^]*)$/;

/**
 * A text of compose as it reads where nobody sets its variables: they are empty then, or what is written for that. HOME is
 * set nearly everywhere; what has to be set is taken for a directory beside the file.
 */
export function interpolated(text: string): string {
  const dollar = text.indexOf('$');
  if (dollar < 0) {
    return text;
  }
  const before = text.slice(0, dollar);
  const rest = text.slice(dollar + 1);
  if (rest.startsWith('$')) {
    return `${before}$${interpolated(rest.slice(1))}`;
  }
  if (rest.startsWith('{')) {
    const end = endOf(rest);
    return before + valueOf(rest.slice(1, end)) + interpolated(rest.slice(end + 1));
  }
  const [name = ''] = /^[A-Za-z_]\w*/.exec(rest) ?? [];
  return before + (name === '' ? '$' : unset(name)) + interpolated(rest.slice(name.length));
}

/** Where the brace closes that a text begins with. */
function endOf(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    depth += text[at] === '{' ? 1 : text[at] === '}' ? -1 : 0;
    if (depth === 0) {
      return at;
    }
  }
  return text.length;
}

function valueOf(inner: string): string {
  const [name = ''] = /^\w*/.exec(inner)!;
  const [, operator = '', other = ''] = OPERATOR.exec(inner.slice(name.length))!;
  if (operator.endsWith('-') || (operator.endsWith('+') && name === 'HOME')) {
    return interpolated(other);
  }
  if (operator.endsWith('+')) {
    return '';
  }
  return operator.endsWith('?') && name !== 'HOME' ? '.' : unset(name);
}

function unset(name: string): string {
  return name === 'HOME' ? '~' : name === 'PWD' ? '.' : '';
}
