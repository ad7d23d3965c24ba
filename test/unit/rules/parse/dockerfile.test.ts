import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';
import fc from 'fast-check';
import { withoutContinuedRemarks } from '../../../../src/rules/parse/continued-remarks';
import { parseDockerfile, type ParsedInstruction } from '../../../../src/rules/parse/dockerfile';

const OUTPUT = join(__dirname, '../../../../output');

/** Lines, whole and broken, of which Dockerfiles are put together. */
const LINES = [
  ...['FROM a AS b', 'from scratch', 'RUN a \\', '  b', 'b', '# check=error=true', '# escape=`', '#c', '', '  ', '\\'],
  ...['RUN ["a","b"]', 'ENV A=b C="d e"', 'ENV "a', 'LABEL x=y \\', 'COPY --from=b --chmod=755 x y', 'foo', 'ARG X'],
  ...['HEALTHCHECK CMD ["x"]', 'RUN x `', 'RUN <<E', 'E', '\tRUN x', 'RUN x\\\\', 'RUN x\\ ', 'RUN "a \\', 'COPY'],
  ...['\u00a0x', 'RUN x\u00a0', '\f', '\u2028RUN y', 'RUN x\r'],
];

/** What the parser says of the whole text at once. */
function readWhole(text: string): unknown {
  const parsed = DockerfileParser.parse(withoutContinuedRemarks(text));
  const lines = text.split('\n');
  return {
    directives: parsed.getDirectives().map((item) => {
      const line = lines[item.getRange().start.line]!;
      return [item.getName().toLowerCase(), line.slice(line.indexOf('=') + 1).trim()];
    }),
    comments: DockerfileParser.parse(text)
      .getComments()
      .map((item) => [item.getContent() ?? '', item.getRange().start.line + 1]),
    instructions: parsed.getInstructions().map((item) => {
      const { start, end } = item.getRange();
      const raw = lines
        .slice(start.line, end.line + 1)
        .join('\n')
        .slice(start.character);
      return [item.getKeyword(), start.line + 1, raw, item.getArgumentsContent() ?? '', words(item.getArguments())];
    }),
  };
}

function words(items: ReadonlyArray<{ getValue(): string }>): string[] {
  return items.map((item) => item.getValue());
}

function readHere(text: string): unknown {
  const { directives, comments, globals, stages } = parseDockerfile(text);
  const all: ParsedInstruction[] = [...globals, ...stages.flatMap(({ from, instructions }) => [from, ...instructions])];
  return {
    directives: directives.map(({ name, value }) => [name, value]),
    comments: comments.map((comment) => [comment.text, comment.line]),
    instructions: all.map((item) => [item.keyword, item.line, item.raw, item.text, item.words]),
  };
}

function isRefused(text: string): boolean {
  try {
    parseDockerfile(text);
    return false;
  } catch (error) {
    return text.includes('<<E') && /nothing ends the here-document E;/.test((error as Error).message);
  }
}

describe('parseDockerfile', () => {
  const written = readdirSync(OUTPUT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => ['amd64', 'arm64'].map((architecture) => join(OUTPUT, name, architecture, 'Dockerfile')));

  it('reads every Dockerfile of the output as the parser reads it whole', () => {
    expect(written.length).toBeGreaterThan(40);
    for (const path of written) {
      const text = readFileSync(path, 'utf8');
      expect(readHere(text)).toEqual(readWhole(text));
    }
  });

  it('reads any lines as the parser reads them whole', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...LINES), { maxLength: 9 }), fc.boolean(), (lines, ends) => {
        const text = lines.join('\n') + (ends ? '\n' : '');
        // Of what follows a here-document without an end nobody can tell what it is.
        fc.pre(!isRefused(text));
        expect(readHere(text)).toEqual(readWhole(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('reads a Dockerfile with a character too many as the parser reads it whole', () => {
    const texts = written.map((path) => readFileSync(path, 'utf8'));
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.string(),
        (text, at, more) => {
          const place = Math.floor(at * text.length);
          const changed = text.slice(0, place) + more + text.slice(place);
          expect(readHere(changed)).toEqual(readWhole(changed));
        },
      ),
      { numRuns: 100 },
    );
  });
});
