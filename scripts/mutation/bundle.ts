import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { ROOMS, type Room } from './room';
import { ownPlaces } from '../own-places';

/**
 * Puts the tests of a room, and the mutated sources that they use, into one file: jest loads every module again for
 * each mutant, and finding and reading six hundred files costs more than running the tests.
 */

const ROOT = resolve('.');

function testsOf({ tests, slow = [] }: Room): string[] {
  const all = readdirSync(join(ROOT, 'test/unit'), { recursive: true, encoding: 'utf8' });
  return all
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => tests.some((place) => file.startsWith(`${place}/`) || file === `${place}.test.ts`))
    .filter((file) => !slow.some((name) => file.endsWith(`/${name}.test.ts`)))
    .sort();
}

/** Of the rules, and of their cases, those of some packs; a case asks its own rule alone, and looks at no other. */
function onlyPacks(packs: readonly string[]): Plugin {
  const cases = packs.map((pack) => `${pack.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}_CASES`);
  const changes = {
    'src/rules/hardening-rules.ts': (text: string) =>
      text.replace('Object.values(HardeningRules)', `[${packs.map((pack) => `HardeningRules.${pack}`).join(', ')}]`),
    'src/rules/assessment.ts': (text: string) =>
      text.replace('evaluateRules(pack.rules,', 'evaluateRules(pack.rules.filter(isAsked),') +
      '\nconst isAsked = ({ id }: Rule): boolean => [undefined, id].includes((globalThis as { asked?: string }).asked);',
    'test/unit/rules/cases/index.ts': (text: string) =>
      text.replace(/^ {2}\.\.\.(\w+),$/gm, (line, name: string) => (cases.includes(name) ? line : '')),
    'test/unit/rules/support.ts': (text: string) =>
      text.replace(
        /return (Testing\.problems\(app\).filter\(.* what\.startsWith\(`\$\{rule\} `\)\));/,
        'Object.assign(globalThis, { asked: rule });\n  try {\n    return $1;\n  } finally {\n    Object.assign(globalThis, { asked: undefined });\n  }',
      ),
  };
  return {
    name: 'only-packs',
    setup({ onLoad }) {
      for (const [file, change] of Object.entries(changes)) {
        onLoad({ filter: new RegExp(`/${file}$`) }, ({ path }) => {
          const text = readFileSync(path, 'utf8');
          if (change(text) === text) {
            throw new Error(`nothing to change in ${file}`);
          }
          return { contents: change(text), loader: 'ts' };
        });
      }
    },
  };
}

/** A suite that cannot even be told, because a mutant breaks what it is made of, is one that fails. */
const SUITE = `
function suite(name, tell) {
  describe(name, () => {
    try {
      tell();
    } catch (error) {
      globalThis.untold = true;
      test('can be told', () => {
        throw error;
      });
    }
  });
}`;

async function bundle(room: Room): Promise<void> {
  const suites = testsOf(room).map((file) => {
    const name = file.replace(/\.test\.ts$/, '');
    return `suite(${JSON.stringify(name)}, () => require(${JSON.stringify(`./test/unit/${file}`)}));`;
  });
  await build({
    stdin: { contents: [SUITE, ...suites].join('\n'), resolveDir: ROOT, sourcefile: 'entry.ts', loader: 'ts' },
    outfile: join(ROOT, 'mutation', `${room.name}.test.js`),
    absWorkingDir: ROOT,
    bundle: true,
    keepNames: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['esbuild', 'projen', '@swc/core', 'typescript'],
    logLevel: 'error',
    plugins: [...(room.packs ? [onlyPacks(room.packs)] : []), ownPlaces(ROOT)],
  });
}

const room = ROOMS.find(({ name }) => name === process.argv[2]);
if (!room) {
  throw new Error(`no such room: ${process.argv[2]}`);
}
void bundle(room);
