/** Units of a text that is worth the work that each text is. */
const LENGTH = 64 * 1024;

/** Short texts together: the same text in fewer pieces. */
export function* gathered(texts: Iterable<string>): Generator<string> {
  let waiting: string[] = [];
  let length = 0;
  for (const text of texts) {
    waiting.push(text);
    length += text.length;
    if (length >= LENGTH) {
      yield waiting.join('');
      waiting = [];
      length = 0;
    }
  }
  if (length > 0) {
    yield waiting.join('');
  }
}

/** Text of a list of objects in pieces, as JSON.stringify writes it with two spaces three levels in. */
export function* listTexts(values: Iterable<object>): Generator<string> {
  let before = '[';
  for (const value of values) {
    yield `${before}\n        ${JSON.stringify(value, null, 2).replaceAll('\n', '\n        ')}`;
    before = ',';
  }
  yield before === '[' ? '[]' : '\n      ]';
}

/** Text of an object of objects in pieces, none of them large, as JSON.stringify writes it with two spaces one level in. */
export function* objectTexts(entries: Iterable<readonly [string, object]>): Generator<string> {
  let open = false;
  for (const [key, value] of entries) {
    // A line end inside of a JSON text is never one of a string.
    const text = JSON.stringify(value, null, 2).replaceAll('\n', '\n    ');
    yield `${open ? ',' : '{'}\n    ${JSON.stringify(key)}: ${text}`;
    open = true;
  }
  yield open ? '\n  }' : '{}';
}
