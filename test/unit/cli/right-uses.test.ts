import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { inEmptyFolder, runHere, SHOP, SOURCE } from './run-here';

inEmptyFolder();

describe('in a folder without a project', () => {
  it('build:dockerfile prints the directories of the contexts, and nothing else, on stdout', async () => {
    const { status, stdout, stderr } = await runHere('build:dockerfile', '--php', '8.3', '--platform', 'alpine');
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: 'output/nginx-php-fpm-8.3-alpine/amd64\noutput/nginx-php-fpm-8.3-alpine/arm64\n',
    });
    expect(stderr).toMatch(/^output: \d+ written, 0 removed, 0 unchanged\n$/);
    expect(existsSync('output/nginx-php-fpm-8.3-alpine/arm64/Dockerfile')).toBe(true);
  });

  it('a second image joins the first; --json tells of what was asked for', async () => {
    // GIVEN
    await runHere('build:dockerfile', '--php', '8.3', '--platform', 'debian');
    // WHEN
    const { stdout } = await runHere(
      'build:dockerfile',
      '--php',
      '8.4',
      '--platform',
      'debian',
      '--arch',
      'arm64',
      '--json',
    );
    // THEN
    expect(JSON.parse(stdout)).toMatchObject({
      contexts: [
        {
          image: 'nginx-php-fpm-8.4-debian',
          architecture: 'arm64',
          platform: 'linux/arm64',
          context: 'nginx-php-fpm-8.4-debian/arm64',
        },
      ],
      removed: [],
    });
    expect(existsSync('output/nginx-php-fpm-8.3-debian/amd64/Dockerfile')).toBe(true);
    expect(existsSync('output/nginx-php-fpm-8.4-debian/amd64')).toBe(false);
  });

  it('a release that is not the default one is an image of its own', async () => {
    const { stdout } = await runHere('build:dockerfile', '--php', '8.2', '--platform', 'alpine', '--release', '3.21');
    expect(stdout).toContain('output/nginx-php-fpm-8.2-alpine-3.21/amd64\n');
  });

  it('validate:config shows its five layers, and finds an edited file again', async () => {
    // GIVEN
    const asked = ['--php', '8.2', '--platform', 'debian'];
    await runHere('build:dockerfile', ...asked);
    const good = await runHere('validate:config', ...asked, '--json');
    // WHEN
    const file = 'output/nginx-php-fpm-8.2-debian/amd64/nginx.conf';
    writeFileSync(file, readFileSync(file, 'utf8').replace('server_tokens off', 'server_tokens on'));
    const bad = await runHere('validate:config', ...asked);
    // THEN
    const { checks, passed } = JSON.parse(good.stdout) as {
      checks: Array<{ name: string; status: string }>;
      passed: boolean;
    };
    expect([good.status, passed]).toEqual([0, true]);
    expect(checks.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'schema passed',
      'types skipped',
      'security passed',
      'syntax passed',
      'output passed',
    ]);
    expect(bad.status).toBe(1);
    expect(bad.stdout).toMatch(/^output +failed/m);
    expect(bad.stdout).toMatch(/^ +bytes +failed/m);
    expect(bad.stdout).toMatch(/^ +rules over the bytes +failed/m);
    expect(bad.stdout).toMatch(/nginx\.conf\n {2}its bytes are not those that the manifest lists/);
  }, 60_000);

  it('test:config tests every PHP of the catalogue on every platform', async () => {
    const { status, stdout } = await runHere('test:config');
    expect(status).toBe(0);
    expect(stdout.match(/^nginx-php-fpm-\S+ +passed/gm)!.length).toBeGreaterThanOrEqual(21);
  }, 60_000);

  it('test:template renders twice and reads every file', async () => {
    const { status, stdout } = await runHere('test:template', '--php', '8.4', '--platform', 'ubuntu');
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^rendered twice, the same bytes +passed/)]);
  }, 60_000);

  it('catalog lists what can be had, and its extensions', async () => {
    const table = await runHere('catalog', '--php', '8.4', '--platform', 'debian');
    expect(table.stdout).toMatch(/^PHP +PLATFORM +RELEASE [^]*\n8\.4 +debian +trixie\* +archive +8\.4\.\d+ /);
    const { stdout } = await runHere('catalog', '--php', '8.4', '--platform', 'debian', '--json');
    expect((JSON.parse(stdout) as Array<{ extensions: string[] }>)[0]!.extensions).toContain('redis');
  });

  it('doctor says what there is, with a remedy for what is not', async () => {
    const { status, stdout } = await runHere('doctor', '--json');
    const findings = JSON.parse(stdout) as Array<{ subject: string; health: string; remedy?: string }>;
    expect(status).toBe(0);
    expect(findings.map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(['node', 'engine', 'catalogue', 'credentials']),
    );
    expect(findings.filter(({ health, remedy }) => (health === 'good') !== (remedy === undefined))).toEqual([]);
  }, 60_000);

  it.each([
    ['bash', /^complete -o default -F _dockerfile_generator dockerfile-generator$/m],
    ['zsh', /^#compdef dockerfile-generator$/m],
    ['fish', /^complete -c dockerfile-generator -n __fish_use_subcommand -f -a build:dockerfile /m],
  ])('completion prints that of %s', async (shell, line) => {
    const { status, stdout, stderr } = await runHere('completion', shell);
    expect([status, stderr, stdout]).toEqual([0, '', expect.stringMatching(line)]);
  });
});

describe('in a project', () => {
  beforeEach(() => writeFileSync('images.js', SHOP));

  it('diff shows what synth would do, and is silent afterwards', async () => {
    // GIVEN
    const before = await runHere('diff', '--app', 'images.js');
    await runHere('synth', '--app', 'images.js');
    const after = await runHere('diff', '--app', 'images.js');
    // WHEN
    writeFileSync('output/shop/README.md', 'mine\n');
    const { status, stdout } = await runHere('diff', '--app', 'images.js');
    // THEN
    expect([before.status, before.stdout]).toEqual([1, expect.stringMatching(/^--- \/dev\/null\n\+\+\+ b\//)]);
    expect(after).toEqual({ status: 0, stdout: '', stderr: 'output is up to date\n' });
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /^--- a\/shop\/README\.md\n\+\+\+ b\/shop\/README\.md\n@@ -1,1 \+1,\d+ @@\n-mine\n\+# shop\n/,
    );
  }, 60_000);

  it('synth, ls, lock and explain config answer programs in JSON', async () => {
    const json = async (...args: string[]): Promise<unknown> =>
      JSON.parse((await runHere(...args, '--app', 'images.js')).stdout) as unknown;
    expect(await json('synth', '--json')).toMatchObject({ output: 'output', removed: [], drift: true });
    expect(await json('ls', '--json')).toHaveProperty('shop.php.version', '8.4');
    expect(await json('lock')).toHaveProperty('bases');
    expect(await json('explain', 'config', 'shop', '--json')).toHaveProperty(
      'shop',
      expect.arrayContaining([{ path: 'php.version', value: '8.4', layer: 'variant shop' }]),
    );
  }, 60_000);

  it('explain config names the aspect that changed a value, and shows what it became', async () => {
    // GIVEN
    writeFileSync(
      'images.js',
      `const { Aspects, ImageConstruct } = require(${JSON.stringify(SOURCE)});
       class SmallMachine {
         visit(node) {
           if (ImageConstruct.tryOf(node) === node) {
             node.configure({ php: { fpm: { maxChildren: 4 } } }, 'aspect SmallMachine');
           }
         }
       }
       module.exports = (app) => {
         new ImageConstruct(app, 'shop', { php: { version: '8.4', memoryLimit: '96M' }, platform: 'debian' });
         Aspects.of(app).add(new SmallMachine());
       };`,
    );
    // WHEN
    const { status, stdout } = await runHere('explain', 'config', 'shop', '--app', 'images.js');
    // THEN
    expect(status).toBe(0);
    expect(stdout).toMatch(/^php\.fpm\.maxChildren +4 +aspect SmallMachine$/m);
    expect(stdout).toMatch(/^php\.memoryLimit +"96M" +variant shop$/m);
    expect(stdout).toMatch(/^php\.fpm\.maxRequests +10000 +base$/m);
  });

  it('explain config tells of a value that is refused, and shows no other in its place', async () => {
    writeFileSync('images.js', SHOP.replace("'8.4'", "{ version: '8.4', memoryLimt: '1G' }"));
    const { status, stdout, stderr } = await runHere('explain', 'config', '--app', 'images.js');
    expect([status, stdout]).toEqual([11, '']);
    expect(stderr).toContain('php.memoryLimt is not an option\n  do:  write php.memoryLimit');
  });

  it('a literal -- of projen or npm is dropped', async () => {
    const { status, stdout } = await runHere('ls', '--app', 'images.js', '--', '--json');
    expect([status, Object.keys(JSON.parse(stdout) as object)]).toEqual([0, ['shop']]);
  });
});

describe('colours', () => {
  const saved = { ...process.env };
  afterEach(() => (process.env = { ...saved }));

  it.each([
    ['none in a pipe', {}, false],
    ['some where FORCE_COLOR asks for them', { FORCE_COLOR: '1' }, true],
    ['none where NO_COLOR is set', { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('%s', async (_, environment, coloured) => {
    const { NO_COLOR, FORCE_COLOR, ...rest } = saved;
    process.env = { ...rest, ...environment };
    const { stdout } = await runHere('catalog', '--php', '8.4', '--platform', 'debian');
    expect(stdout.includes('\u001b[')).toBe(coloured);
  });
});
