import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { checked, skipped, type Check } from './check';
import type { CheckedTree } from './checked-tree';
import { ask, withFiles } from './program';
import { fault } from './syntax/judge';

/** Layer 2: the module with the images against the types of this package, by the TypeScript of the project. */
export function typesLayer({ isProject }: CheckedTree, app: string): Check {
  if (!isProject) {
    return skipped('types', 'there is no module with images: the built-in defaults were compiled with this package');
  }
  if (!/\.[cm]?tsx?$/.test(app)) {
    return skipped('types', `${app} is not TypeScript`);
  }
  const tsc = findCompiler(resolve(app));
  return tsc
    ? compile(tsc, resolve(app))
    : skipped('types', 'TypeScript is not installed here: npm install --save-dev typescript');
}

function findCompiler(from: string): string | undefined {
  try {
    const manifest = createRequire(from).resolve('typescript/package.json');
    const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { tsc: string } };
    return join(dirname(manifest), bin.tsc);
  } catch {
    return undefined;
  }
}

function compile(tsc: string, app: string): Check {
  const base = findConfiguration(dirname(app));
  return withFiles(
    () => [['tsconfig.json', JSON.stringify(configuration(app, base))]],
    (directory) => {
      const { status, output } = ask(process.execPath, [tsc, '--project', directory, '--pretty', 'false'], {
        cwd: dirname(app),
      });
      const problems = status === 0 ? [] : diagnostics(output, dirname(app));
      const by = base ? `under ${relative(process.cwd(), base)}` : 'under strict settings';
      return checked('types', `${relative(process.cwd(), app)} by tsc --noEmit ${by}`, problems);
    },
  );
}

/** The nearest tsconfig.json above. */
function findConfiguration(directory: string): string | undefined {
  const file = join(directory, 'tsconfig.json');
  if (existsSync(file)) {
    return file;
  }
  return dirname(directory) === directory ? undefined : findConfiguration(dirname(directory));
}

/** The project's settings, for this one module, and nothing written. */
function configuration(app: string, base: string | undefined): object {
  const own = join(__dirname, '../..');
  return {
    ...(base ? { extends: base } : {}),
    files: [app],
    include: [],
    compilerOptions: {
      ...(base ? {} : { strict: true, module: 'node16', moduleResolution: 'node16', target: 'es2022', types: [] }),
      noEmit: true,
      composite: false,
      incremental: false,
      tsBuildInfoFile: null,
      rootDir: '/',
      skipLibCheck: true,
      // As the module is loaded: with this very package, wherever it is installed.
      paths: { 'projen-nginx-php': [join(own, 'index')], constructs: [ownConstructs()] },
    },
  };
}

function ownConstructs(): string {
  return dirname(createRequire(__filename).resolve('constructs/package.json'));
}

/** What the compiler says of the project's files; this package's own were compiled when it was made. */
function diagnostics(output: string, root: string) {
  const found = [...output.matchAll(/^(?:(.+?)\((\d+),\d+\): )?error (TS\d+): (.+)$/gm)];
  const own = resolve(__dirname, '../..') + sep;
  const others = found.filter(([, file]) => !file || !resolve(root, file).startsWith(own));
  if (found.length > 0 && others.length === 0) {
    return [];
  }
  const problems = others.map(([, file, line, code, message]) =>
    fault(
      file ? `${file}:${line}` : 'tsconfig.json',
      `${code} ${message!.replace(/\.$/, '')}`,
      'mend the module, or the settings of TypeScript',
    ),
  );
  return problems.length > 0 ? problems : [fault('tsc', output.trim().split('\n')[0] ?? 'it failed without a word')];
}
