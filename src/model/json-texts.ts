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
