import { Copy, DockerfileParser, PropertyInstruction, Run, type Instruction } from 'dockerfile-ast';
import { withoutContinuedRemarks } from './continued-remarks';
import { splitDockerfile, type DockerfilePieces } from './split-dockerfile';
import { Pool } from '../../config';
import { flatMap } from '../../config/flat-map';

/** An instruction as an independent parser reads it. */
export interface ParsedInstruction {
  /** Upper case. */
  readonly keyword: string;
  /** The keyword as it is written. */
  readonly written: string;
  /** What follows the keyword and its flags; continued lines joined, a here-document included. */
  readonly text: string;
  /** Words of it, quotes kept. */
  readonly words: readonly string[];
  /** `--from=x` is `from`: `x`; in the order in which they are written. */
  readonly flags: ReadonlyArray<{ readonly name: string; readonly value: string }>;
  /** `NAME=value` of ARG, ENV and LABEL; a value that is absent is undefined. */
  readonly properties: ReadonlyArray<{ readonly name: string; readonly value: string | undefined }>;
  /** The words of a JSON array, for instructions in exec form; undefined for the shell form. */
  readonly exec?: readonly string[];
  /** From the keyword to the end, as it is written. */
  readonly raw: string;
  /** From 1. */
  readonly line: number;
}

/** A stage: its FROM, and what follows up to the next. */
export interface ParsedStage {
  /** Lower case in any that is well made; undefined for one without a name. */
  readonly name?: string;
  /** Image, earlier stage or `scratch`. */
  readonly image: string;
  readonly from: ParsedInstruction;
  readonly instructions: readonly ParsedInstruction[];
}

/** A Dockerfile as an independent parser reads it. */
export interface ParsedDockerfile {
  /** `check`: `error=true` */
  readonly directives: ReadonlyArray<{ readonly name: string; readonly value: string }>;
  readonly comments: ReadonlyArray<{ readonly text: string; readonly line: number }>;
  /** ARG instructions before the first FROM. */
  readonly globals: readonly ParsedInstruction[];
  readonly stages: readonly ParsedStage[];
}

/**
 * Reads a Dockerfile. What is no instruction at all comes out as one with an unknown keyword.
 *
 * @throws Error where a here-document does not end, or begins in quotes
 */
export function parseDockerfile(text: string): ParsedDockerfile {
  const pieces = splitDockerfile(text);
  const { directives, comments, instructions } = pieces ? readPieces(pieces) : parseWhole(text);
  const first = instructions.findIndex(({ keyword }) => keyword === 'FROM');
  return {
    directives,
    comments,
    globals: first < 0 ? instructions : instructions.slice(0, first),
    stages: toStages(first < 0 ? [] : instructions.slice(first)),
  };
}

function toStages(instructions: readonly ParsedInstruction[]): ParsedStage[] {
  const starts = flatMap(instructions, ({ keyword }, index) => (keyword === 'FROM' ? [index] : []));
  return starts.map((start, index) => {
    const from = instructions[start]!;
    const [image = '', as = '', name] = from.words;
    return {
      name: as.toUpperCase() === 'AS' ? name : undefined,
      image,
      from,
      instructions: instructions.slice(start + 1, starts[index + 1]),
    };
  });
}

/** Pieces that are kept, as they were read: most stand in many Dockerfiles. */
const PIECES = new Pool<DockerfileText>(250);

/** The same as of the whole text, with the lines counted on. */
function readPieces({ head, pieces }: DockerfilePieces): DockerfileText {
  // Below the first instruction there is no comment: such a text is not split.
  const { directives, comments } = readPiece(head);
  const instructions = flatMap(pieces, ({ text, line }) =>
    readPiece(text).instructions.map((item) => ({ ...item, line: item.line + line - 1 })),
  );
  return { directives, comments, instructions };
}

function readPiece(text: string): DockerfileText {
  return PIECES.share(text, () => parseWhole(text));
}

/** What the parser says of a text, in its order. */
type DockerfileText = Pick<ParsedDockerfile, 'directives' | 'comments'> & {
  readonly instructions: readonly ParsedInstruction[];
};

function parseWhole(text: string): DockerfileText {
  const read = withoutContinuedRemarks(text);
  const parsed = DockerfileParser.parse(read);
  const lines = text.split('\n');
  // Where there is none the parser would look for one, and read all arguments for it. A line may end within its mark.
  if (read.indexOf('<') !== read.lastIndexOf('<')) {
    parsed.getInstructions().forEach((instruction) => assertEnds(instruction, lines));
  }
  return {
    directives: parsed.getDirectives().map((item) => {
      // The parser takes the value for one word.
      const line = lines[item.getRange().start.line]!;
      return { name: item.getName().toLowerCase(), value: line.slice(line.indexOf('=') + 1).trim() };
    }),
    comments: (read === text ? parsed : DockerfileParser.parse(text))
      .getComments()
      .map((item) => ({ text: item.getContent() ?? '', line: item.getRange().start.line + 1 })),
    instructions: parsed.getInstructions().map((instruction) => parseInstruction(withArguments(instruction), lines)),
  };
}

/**
 * For this parser a here-document begins in quotes too, where it does not for a builder, and whatever follows is its text.
 * That it has no end is how it is known.
 */
function assertEnds(instruction: Instruction, lines: readonly string[]): void {
  const { start, end } = instruction.getRange();
  const body = lines.slice(start.line + 1, end.line + 1).map((line) => line.replace(/^\t+/, ''));
  const open = heredocsOf(instruction).find((name) => !body.includes(name));
  if (open !== undefined) {
    throw new Error(
      `line ${start.line + 1}: nothing ends the here-document ${open}; what follows cannot be told from it`,
    );
  }
}

function heredocsOf(instruction: Instruction): string[] {
  const documents = instruction instanceof Run || instruction instanceof Copy ? instruction.getHeredocs() : [];
  return documents.map((document) => document.getName()).filter((name) => name !== '');
}

/** The parser reads the arguments of an instruction anew each time, for itself too. */
function withArguments(instruction: Instruction): Instruction {
  const found = instruction.getArguments();
  instruction.getArguments = () => found;
  return instruction;
}

function rawText(instruction: Instruction, lines: readonly string[]): string {
  const { start, end } = instruction.getRange();
  return lines
    .slice(start.line, end.line + 1)
    .join('\n')
    .slice(start.character);
}

function parseInstruction(instruction: Instruction, lines: readonly string[]): ParsedInstruction {
  const { start } = instruction.getRange();
  const keyword = instruction.getKeyword();
  const content = instruction.getArgumentsContent() ?? '';
  return {
    keyword,
    written: lines[start.line]!.slice(start.character, start.character + keyword.length),
    text: content,
    words: instruction.getArguments().map((item) => item.getValue()),
    flags: flagsOf(instruction).map((flag) => ({ name: flag.getName(), value: flag.getValue() ?? '' })),
    properties:
      instruction instanceof PropertyInstruction
        ? instruction.getProperties().map((item) => ({ name: item.getName(), value: item.getValue() ?? undefined }))
        : [],
    exec: execOf(keyword, content),
    raw: rawText(instruction, lines),
    line: start.line + 1,
  };
}

interface Flagged {
  getFlags(): Array<{ getName(): string; getValue(): string | null }>;
}

function flagsOf(instruction: Instruction): ReturnType<Flagged['getFlags']> {
  return 'getFlags' in instruction ? (instruction as unknown as Flagged).getFlags() : [];
}

function execOf(keyword: string, content: string): readonly string[] | undefined {
  const text = keyword === 'HEALTHCHECK' ? content.replace(/^CMD\s+/i, '') : content;
  if (!text.trim().startsWith('[')) {
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}
