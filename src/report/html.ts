import { onceFor } from '../config/once-for';

/**
 * A piece of HTML whose texts are escaped. What `html` is given as a string is text, whatever stands in it; only a
 * piece of HTML is taken as it is.
 */
export class Html implements Iterable<string> {
  /** Text that was written in this package, or is JSON for a script: whole, or in pieces. */
  static trusted(text: string | Iterable<string>): Html {
    return new Html([text]);
  }

  /** Texts, and what makes texts when it is asked for them. */
  constructor(private readonly pieces: ReadonlyArray<string | Iterable<string>>) {}

  get text(): string {
    return [...this].join('');
  }

  /** The text in pieces: of a page about ten thousand images only one at a time is in memory. */
  *[Symbol.iterator](): Generator<string> {
    for (const piece of this.pieces) {
      if (typeof piece === 'string') {
        yield piece;
      } else {
        yield* piece;
      }
    }
  }
}

type Value = string | number | Html | Iterable<Html> | undefined;

/**
 * HTML from a template; nothing where a value is undefined, a line each for the pieces of a list. The indentation of the
 * template is left out, and what is around it.
 */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(
    tightened(parts).flatMap((part, index) => (index === 0 ? [part] : [render(values[index - 1]), part])),
  );
}

/** A list whose items are made when its text is. */
export function each<T>(items: readonly T[], toHtml: (item: T) => Html): Iterable<Html> {
  return {
    *[Symbol.iterator]() {
      for (const item of items) {
        yield toHtml(item);
      }
    },
  };
}

/** The parts of a template, which is the same object each time that it is used. */
const tightened = onceFor((parts: TemplateStringsArray): readonly string[] =>
  parts.map((part, index) => {
    const inner = part.replace(/\s*\n\s*/g, '\n');
    const begun = index === 0 ? inner.trimStart() : inner;
    return index === parts.length - 1 ? begun.trimEnd() : begun;
  }),
);

function render(value: Value): string | Iterable<string> {
  if (value instanceof Html) {
    return value;
  }
  if (typeof value === 'object') {
    return { [Symbol.iterator]: () => lines(value) };
  }
  return value === undefined ? '' : visible(String(value)).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

function* lines(items: Iterable<Html>): Generator<string> {
  let end = '';
  for (const item of items) {
    yield end;
    yield* item;
    end = '\n';
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * A text in which nothing hides: characters that control the terminal, the direction of writing or nothing at all, and
 * halves of characters, are spelled out. Line feeds stay.
 */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu, (character) =>
    character === '\n' ? character : `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}

/** What may hide something in JSON: all beyond ASCII, and escapes of characters but of line feeds. */
const HIDING = /[^\x20-\x7e]|\\[bfrtu]/;

function withVisibleText(_: string, item: unknown): unknown {
  return typeof item === 'string' ? visible(item) : item;
}

/** JSON for a script element: no text in it can end the element, and every string in it is visible. */
export function scriptJson(value: unknown): string {
  const plain = JSON.stringify(value);
  // Hardly a text has anything to hide, and V8 is slow where it is asked for each value.
  const text = HIDING.test(plain) ? JSON.stringify(value, withVisibleText) : plain;
  return text.replace(/</g, '\\u003c').replace(/>/g, '\\u003e').replace(/&/g, '\\u0026');
}

/** A path as a URL relative to the page: no segment of it is read as anything else. */
export function relativeUrl(...segments: readonly string[]): string {
  return segments
    .flatMap((segment) => segment.split('/'))
    .map((segment) => [...Buffer.from(segment)].map(encodeByte).join(''))
    .join('/');
}

function encodeByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[A-Za-z0-9._~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** `1 grant`, `2 grants`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
