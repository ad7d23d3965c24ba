import fc from 'fast-check';
import { describeWithJudge, Judge } from './support/judge';
import { parseIni, parseNginx } from '../../src';

const NGINX = '/usr/sbin/nginx';
const PHP = '/usr/bin/php8.2';
const judge = Judge.host;

const nginxText = fc
  .array(
    fc.constantFrom('a', 'b ', ' ', '\n', '\t', '\r', ';', '{', '}', '#', '"', "'", '\\', '$', '${', ')', '\\n', '\f'),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** What nginx makes of the first word of a text: the name of a directive that it does not know, or why it stops. */
function firstOf(text: string): { name?: string; refused?: string } {
  const { stderr } = judge.withFiles(
    () => [['nginx.conf', text]],
    (directory) => judge.run(NGINX, ['-t', '-e', 'stderr', '-c', `${directory}/nginx.conf`]),
  );
  const name = /unknown directive "([^]*)" in \S+:\d+\n/.exec(stderr)?.[1];
  return name === undefined ? { refused: stderr } : { name };
}

describeWithJudge('the parser of nginx.conf', judge.lacks(NGINX), () => {
  it('reads names as nginx does, and refuses what nginx cannot read', () => {
    fc.assert(
      fc.property(nginxText, fc.constantFrom('', ';', ' x;', ' {}'), (text, end) => {
        const whole = `${text}${end}`;
        const told = firstOf(whole);
        if (told.name !== undefined) {
          // nginx stops at the first name that it does not know: what follows need not be right.
          const ours = upTo(whole);
          expect(ours).toContain(told.name);
          return;
        }
        if (/unexpected|too long/.test(told.refused!)) {
          expect(() => parseNginx(whole)).toThrow();
        } else {
          expect(parseNginx(whole)).toEqual([]);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('reads arguments as nginx does', () => {
    fc.assert(
      fc.property(nginxText, (text) => {
        const whole = `daemon ${text};`;
        const { refused } = firstOf(whole);
        const value = /invalid value "([^]*)" in "daemon" directive/.exec(refused ?? '')?.[1];
        if (value !== undefined) {
          expect(firstDirectives(whole)).toContainEqual({ name: 'daemon', args: [value] });
        } else if (/invalid number of arguments in "daemon"/.test(refused ?? '')) {
          expect(firstDirectives(whole).some(({ name, args }) => name === 'daemon' && args.length !== 1)).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });
});

interface Read {
  readonly name: string;
  readonly args: readonly string[];
}

/** The first directive of each beginning of a text that can be read: that of the whole may be spoilt by its end. */
function firstDirectives(text: string): Read[] {
  return [...text].flatMap((_, index) => {
    const beginning = text.slice(0, index + 1);
    return [beginning, `${beginning}}`].flatMap((part) => {
      try {
        const [first] = parseNginx(part);
        return first ? [{ name: first.name, args: first.args }] : [];
      } catch {
        return [];
      }
    });
  });
}

function upTo(text: string): string[] {
  return firstDirectives(text).map(({ name }) => name);
}

const iniText = fc
  .array(
    fc.constantFrom(
      ...['display_errors', 'a.b', 'x', ' = ', '=', 'On', 'off', '0', '"', "'", '\n', '\r\n', ';', ' ', '[www]', '['],
      ...[']', '#', '\\', '"Off"', "'1'", '\ny = ', '\n[PATH=/x]\n', 'php_admin_value[x]', '${HOME}', '\t', '!', '|'],
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''));

/** All texts in one process of PHP, by both of its scanners; null where PHP cannot read one. */
function phpReads(texts: readonly string[], mode: 'INI_SCANNER_RAW' | 'INI_SCANNER_NORMAL'): unknown[] {
  const code = `foreach (json_decode(stream_get_contents(STDIN)) as $t) {
    $r = @parse_ini_string($t, true, ${mode}); $all[] = $r === false ? null : [$r]; } echo json_encode($all);`;
  return JSON.parse(judge.run(PHP, ['-n', '-r', code], JSON.stringify(texts)).stdout) as unknown[];
}

/** Settings as parse_ini_string lists them: the last of a name, sections and offsets as arrays. */
function asPhpLists(text: string): unknown {
  const root = new Map<string, unknown>();
  for (const { section, name, value } of parseIni(text)) {
    const place = section === '' ? root : descend(root, section);
    const [, head, offset] = /^([^[]*)\[(.*)\]$/.exec(name) ?? [];
    if (head === undefined) {
      place.set(name, value);
    } else {
      descend(place, head).set(offset!, value);
    }
  }
  return plain(root);
}

function descend(place: Map<string, unknown>, name: string): Map<string, unknown> {
  const inner = place.get(name);
  const next = inner instanceof Map ? (inner as Map<string, unknown>) : new Map<string, unknown>();
  place.set(name, next);
  return next;
}

function plain(value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries([...value].map(([key, inner]) => [key, plain(inner)])) : value;
}

/** Names at every depth, whatever the values are. */
function names(value: unknown): unknown {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, names(inner)]))
    : true;
}

/** An array of PHP without keys comes as a list; a section without settings says nothing. */
function asObject([told]: [unknown]): unknown {
  return JSON.parse(JSON.stringify(told), (key, value: unknown) => {
    const inner: unknown = Array.isArray(value) ? { ...(value as unknown[]) } : value;
    const empty = typeof inner === 'object' && inner !== null && Object.keys(inner).length === 0;
    return empty && key !== '' ? undefined : inner;
  });
}

describeWithJudge('the parser of ini files', judge.lacks(PHP), () => {
  const texts = fc.sample(iniText, { numRuns: 3000, seed: 7 });
  const readable = texts.filter((text) => {
    try {
      parseIni(text);
      return true;
    } catch {
      return false;
    }
  });

  it('reads enough of them to say something', () => {
    expect(readable.length).toBeGreaterThan(300);
  });

  it('sees the settings that PHP sees', () => {
    const php = phpReads(readable, 'INI_SCANNER_NORMAL');
    readable.forEach((text, index) => {
      const told = php[index];
      if (told !== null) {
        expect({ text, names: names(asPhpLists(text)) }).toEqual({ text, names: names(asObject(told as [unknown])) });
      }
    });
  });

  it('reads values as PHP does', () => {
    const php = phpReads(readable, 'INI_SCANNER_RAW');
    readable.forEach((text, index) => {
      const told = php[index];
      if (told !== null && !/[\\']/.test(text)) {
        expect({ text, read: asPhpLists(text) }).toMatchObject({ text, read: asObject(told as [unknown]) });
      }
    });
  });
});
