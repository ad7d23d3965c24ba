import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RepositoryFiles } from './support/synth-project';

const ROOT = join(__dirname, '../../..');

interface Package {
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly jest: { readonly transform: object };
  readonly 'dockerfile-generator': { readonly environments: Readonly<Record<string, unknown>> };
}

interface Tasks {
  readonly tasks: Readonly<Record<string, { readonly steps?: ReadonlyArray<{ readonly exec?: string }> }>>;
}

describe('a repository of images', () => {
  let files: RepositoryFiles;

  afterEach(() => files.remove());

  const environments = (): Readonly<Record<string, unknown>> =>
    files.json<Package>('package.json')['dockerfile-generator'].environments;

  it('has TypeScript with a JavaScript API, tsx, and no ts-jest or ts-node', () => {
    files = RepositoryFiles.of();
    const { devDependencies } = files.json<Package>('package.json');
    expect(devDependencies).toMatchObject({ typescript: '~6.0', tsx: expect.any(String) });
    expect(Object.keys(devDependencies).filter((name) => /^ts-/.test(name))).toEqual([]);
    expect(JSON.stringify(files.json<Tasks>('.projen/tasks.json').tasks.default!.steps)).toMatch(/tsx.*\.projenrc\.ts/);
  });

  it('has a task for each command, a script for each but publish, and tests that write no snapshot', () => {
    files = RepositoryFiles.of();
    const { tasks } = files.json<Tasks>('.projen/tasks.json');
    const exec = (name: string) => tasks[name]?.steps?.map((step) => step.exec);
    expect(exec('synth')).toEqual(['dockerfile-generator synth --output output']);
    expect(exec('validate:config')).toEqual(['dockerfile-generator validate:config']);
    expect(exec('publish')).toEqual(['dockerfile-generator publish']);
    expect(JSON.stringify(tasks.test)).toContain('--ci');
    expect(JSON.stringify(tasks.test)).not.toContain('--updateSnapshot');
    const { scripts } = files.json<Package>('package.json');
    expect(Object.keys(scripts)).toContain('synth');
    expect(Object.keys(scripts)).not.toContain('publish');
  });

  it('marks what is generated, so that a review folds it', () => {
    files = RepositoryFiles.of({ imageOutdir: 'images' });
    const attributes = files.read('.gitattributes').split('\n');
    expect(attributes).toContain('/images/** linguist-generated');
    expect(attributes).toContain('* text=auto eol=lf');
  });

  it('publishes to the registry of the forge, signed by its workflow', () => {
    files = RepositoryFiles.of({ repository: 'https://github.com/Example/shop.git' });
    expect(environments()).toEqual({
      production: {
        registries: [{ registry: 'ghcr.io', namespace: 'example' }],
        scan: {},
        sign: {
          identity: 'https://github.com/Example/shop/.github/workflows/images.yml@refs/heads/main',
          issuer: 'https://token.actions.githubusercontent.com',
        },
      },
    });
  });

  it('publishes where it is told to', () => {
    files = RepositoryFiles.of({ imageRegistry: 'registry.example.com:5000/shop/web', ci: [] });
    expect(environments()).toEqual({
      production: { registries: [{ registry: 'registry.example.com:5000', namespace: 'shop/web' }], scan: {} },
    });
    expect(existsSync(join(files.directory, '.github'))).toBe(false);
  });

  it('takes the path of a tarball for the package that it is', () => {
    files = RepositoryFiles.of({ devDeps: ['./projen-nginx-php-1.0.0.tgz'] });
    const { devDependencies } = files.json<Package>('package.json');
    expect(devDependencies['projen-nginx-php']).toBe('file:./projen-nginx-php-1.0.0.tgz');
  });

  it('names what it has instead of a pipeline that nobody knows', () => {
    files = RepositoryFiles.of();
    expect(() => RepositoryFiles.of({ ci: ['githab'] })).toThrow(/no pipeline for "githab": write "github"/);
  });
});

test.each(['tsx', 'swc'])('an image does not load projen, a project does, under %s', (compiler) => {
  // GIVEN a process that has loaded the package
  const program = `
const loaded = () => Object.keys(require.cache).some((path) => path.includes('node_modules/projen/'));
const all = require('./src');
const names = [typeof all.ImageConstruct, loaded(), typeof all.NginxPhpProject, typeof all.ImageMatrix, loaded()];
process.stdout.write(JSON.stringify(names));`;
  const hooks = { tsx: 'tsx/cjs', swc: join(__dirname, 'support/swc-register.cjs') };
  // WHEN
  const output = execFileSync(process.execPath, ['-r', hooks[compiler as 'tsx' | 'swc'], '-e', program], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  // THEN
  expect(JSON.parse(output)).toEqual(['function', false, 'function', 'function', true]);
});
