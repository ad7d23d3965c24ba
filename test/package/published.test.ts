import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { packTarball, REPOSITORY } from './support/pack';

/** Runs a program of a development dependency; gives its status and what it said. */
function run(program: string, ...args: readonly string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync('npx', ['--no-install', program, ...args], {
    cwd: REPOSITORY,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
  });
  return { status, said: `${stdout}${stderr}` };
}

/** What a user has use for; everything else in a package is weight. */
const WANTED: readonly RegExp[] = [
  /^(?:LICENSE|README\.md|package\.json|\.jsii)$/,
  /^bin\/dockerfile-generator$/,
  /^schema\/\w+\.schema\.json$/,
  /^lib\/.+\.(?:js|d\.ts)$/,
  /^lib\/(?:catalog\/data\/.+|synth\/prebuilt\/[^/]+)\.json$/,
  /^lib\/(?:image|report|verify)\/assets\/[^/]+\.(?:css|php|sh)$/,
];

/** How a module, or its types, asks for another one. */
const LINKS = {
  '.js': /(?:require|requireFromLib|import)\(\s*["'](\.[\w./-]*)["']\s*\)/g,
  '.d.ts': /(?:\bfrom |import\()["'](\.[\w./-]*)["']/g,
} as const;

/** What is asked for from outside. */
const DOORS = ['lib/cli/main.js', 'lib/index.js', 'lib/index.d.ts', 'lib/project/pin-digests.js'];

describe('the published package', () => {
  const directory = mkdtempSync(join(tmpdir(), 'published-'));
  const root = join(directory, 'package');
  let tarball: string;
  let files: readonly string[];

  beforeAll(() => {
    tarball = packTarball();
    execFileSync('tar', ['-xzf', tarball, '-C', directory]);
    files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
      statSync(join(root, path)).isFile(),
    );
  }, 300_000);

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  /** Files that a module asks for, as they are there, or else the path that leads nowhere. */
  function linksOf(path: string): string[] {
    const kind = path.endsWith('.d.ts') ? '.d.ts' : '.js';
    const endings = kind === '.d.ts' ? ['.d.ts', '/index.d.ts'] : ['', '.js', '/index.js', '.json'];
    const isFile = (file: string) => existsSync(join(root, file)) && statSync(join(root, file)).isFile();
    return [...readFileSync(join(root, path), 'utf8').matchAll(LINKS[kind])].map(([, to]) => {
      const link = normalize(join(dirname(path), to!));
      return endings.map((ending) => link + ending).find(isFile) ?? `${link}: nowhere, from ${path}`;
    });
  }

  /** All that is asked for, from the doors on. */
  function reached(): Set<string> {
    const found = new Set(DOORS);
    for (const path of found) {
      if (/\.(?:js|d\.ts)$/.test(path)) {
        linksOf(path).forEach((link) => found.add(link));
      }
    }
    return found;
  }

  test('is as publint asks for, without a suggestion', () => {
    const { status, said } = run('publint', 'run', tarball, '--strict');
    expect([status, said]).toEqual([0, expect.stringContaining('All good!')]);
  });

  test('has types that are right for every way to import it', () => {
    const { status, said } = run('attw', tarball, '--no-emoji');
    expect([status, said]).toEqual([0, expect.stringContaining('No problems found')]);
  });

  test('has no file that a user does not need', () => {
    expect(files.filter((path) => !WANTED.some((pattern) => pattern.test(path)))).toEqual([]);
    expect(files.filter((path) => /(?:^|\/)(?:test|scripts|examples|node_modules)\//.test(path))).toEqual([]);
  });

  test('has every file that another one of it asks for', () => {
    const all = reached();
    expect(all.size).toBeGreaterThan(300);
    expect([...all].filter((path) => path.includes('nowhere'))).toEqual([]);
  });

  test('is as small as docs/dependencies.md says', () => {
    const said = /(\d+\.\d+) MB packed, (\d+\.\d+) MB unpacked, (\d+) files/.exec(
      readFileSync(join(REPOSITORY, 'docs/dependencies.md'), 'utf8'),
    )!;
    const unpacked = files.reduce((sum, path) => sum + statSync(join(root, path)).size, 0);
    const measured = [statSync(tarball).size / 1e6, unpacked / 1e6, files.length];
    measured.forEach((value, index) => {
      const told = Number(said[index + 1]);
      expect(value).toBeGreaterThan(told * 0.8);
      expect(value).toBeLessThan(told * 1.2);
    });
  });

  test('can be imported by name from an ES module, what needs projen too', () => {
    const code = `import { ImageApp, NginxPhpProject, publish } from ${JSON.stringify(join(REPOSITORY, 'lib/index.js'))};
      console.log(typeof ImageApp, typeof NginxPhpProject, typeof publish);`;
    const said = execFileSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' });
    expect(said).toBe('function function function\n');
  });
});

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

test('each dependency is justified in docs/dependencies.md, and no other', () => {
  const { dependencies, peerDependencies } = JSON.parse(
    readFileSync(join(REPOSITORY, 'package.json'), 'utf8'),
  ) as Manifest;
  const text = readFileSync(join(REPOSITORY, 'docs/dependencies.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `([^`]+)` +\| (.+?) +\|/gm)].map(([, name, why]) => ({ name: name!, why: why! }));
  expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys({ ...dependencies, ...peerDependencies }).sort());
  rows.forEach(({ why }) => expect(why.length).toBeGreaterThan(20));
});

test('no dependency of a user has a known hole', () => {
  const { status, stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { cwd: REPOSITORY, encoding: 'utf8' });
  const answer = JSON.parse(stdout || '{}') as { readonly error?: object; readonly message?: string };
  if (answer.error !== undefined || answer.message !== undefined) {
    // Mirrors of the registry answer no such question: the test tells, and asks nobody else.
    process.stderr.write(`not verified: npm audit: ${answer.message ?? JSON.stringify(answer.error)}\n`);
    return;
  }
  expect([status, stdout]).toEqual([0, expect.any(String)]);
});
