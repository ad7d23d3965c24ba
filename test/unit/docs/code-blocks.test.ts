import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '../../..');
const HOW_TO = join(ROOT, 'docs/how-to');

interface Block {
  /** `how-to/rule.md:6` */
  readonly place: string;
  readonly language: string;
  readonly text: string;
}

function blocksOf(file: string): Block[] {
  const text = readFileSync(join(ROOT, 'docs', file), 'utf8');
  return [...text.matchAll(/^```(\S*)\n([\s\S]*?)^```$/gm)].map(({ index, 1: language, 2: code }) => ({
    place: `${file}:${text.slice(0, index).split('\n').length}`,
    language: language!,
    text: code!,
  }));
}

const FILES = [...readdirSync(HOW_TO).map((name) => `how-to/${name}`), 'how-it-fits.md', 'tutorial.md'].sort();
const BLOCKS = FILES.flatMap(blocksOf);
const TYPESCRIPT = BLOCKS.filter(({ language }) => language === 'ts');

describe('a block of code in the documentation', () => {
  let directory: string;

  beforeAll(() => {
    mkdirSync(join(ROOT, '.cache'), { recursive: true });
    directory = mkdtempSync(join(ROOT, '.cache', 'code-blocks-'));
    TYPESCRIPT.forEach(({ text }, index) => writeFileSync(join(directory, `block-${index}.ts`), text));
  });

  afterAll(() => rmSync(directory, { recursive: true }));

  it('is of a language that a test reads: TypeScript here, sh in an empty folder', () => {
    expect(new Set(BLOCKS.map(({ language }) => language))).toEqual(new Set(['console', 'mermaid', 'sh', 'ts']));
    expect(BLOCKS.filter(({ language }) => /^(?:sh|console)$/.test(language)).map(({ place }) => place)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^tutorial\.md:/)]),
    );
    expect(TYPESCRIPT.length).toBeGreaterThanOrEqual(7);
  });

  it('compiles, as strictly as the package itself', () => {
    const program = ts.createProgram(
      TYPESCRIPT.map((_, index) => join(directory, `block-${index}.ts`)),
      {
        noEmit: true,
        strict: true,
        noUnusedLocals: true,
        noUncheckedIndexedAccess: true,
        esModuleInterop: true,
        resolveJsonModule: true,
        skipLibCheck: true,
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.Preserve,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        types: ['node'],
        paths: { 'projen-nginx-php': [join(ROOT, 'src')] },
      },
    );
    const errors = ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
      const block = TYPESCRIPT[Number(/block-(\d+)\.ts$/.exec(file?.fileName ?? '')?.[1])];
      const { line } = file?.getLineAndCharacterOfPosition(start!) ?? { line: 0 };
      return `${block?.place ?? file?.fileName} + ${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
    expect(errors).toEqual([]);
  }, 120_000);

  it.each(TYPESCRIPT.map(({ place }, index) => [place, index] as const))(
    'of %s runs, and does what it says',
    (_, index) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- what a block throws, this test throws
      expect(() => void require(join(directory, `block-${index}.ts`))).not.toThrow();
    },
  );
});
