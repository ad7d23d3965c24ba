import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Project } from 'projen';
import { ImageMatrix, type ImageMatrixOptions } from '../../../src/project/image-matrix';
import { removeTemporaryDirectories, temporaryDirectory } from '../synth/support';

const ROOT = join(__dirname, '../../..');

afterEach(removeTemporaryDirectories);

/** A project with an image of a PHP that gets no fixes any more. */
function oldProject(options: ImageMatrixOptions): Project {
  const outdir = temporaryDirectory();
  mkdirSync(join(outdir, 'node_modules'));
  for (const name of ['.bin', 'constructs', 'tsx']) {
    symlinkSync(join(ROOT, 'node_modules', name), join(outdir, 'node_modules', name));
  }
  writeFileSync(
    join(outdir, 'images.ts'),
    `import { ImageConstruct } from ${JSON.stringify(join(ROOT, 'src'))};
export default (app) => { new ImageConstruct(app, 'old', { php: '7.4', platform: 'debian', architectures: ['amd64'] }); };
`,
  );
  const project = new Project({ name: 'old', outdir, commitGenerated: true });
  new ImageMatrix(project, { command: `tsx ${join(ROOT, 'src/cli/main.ts')} synth`, ...options });
  return project;
}

test('a PHP without fixes is built, and is a failure where failOnEndOfLife asks for it', () => {
  // GIVEN
  const plain = oldProject({});
  const strict = oldProject({ failOnEndOfLife: true });
  // THEN
  expect(() => plain.synth()).not.toThrow();
  expect(() => strict.synth()).toThrow(/--fail-on-end-of-life failed with status 3/);
  for (const { outdir } of [plain, strict]) {
    expect(existsSync(join(outdir, 'output/old/amd64/Dockerfile'))).toBe(true);
  }
});

test('the task takes the option too', () => {
  const steps = oldProject({ failOnEndOfLife: true, outdir: 'images' }).tasks.tryFind('synth')?.steps;
  expect(steps?.map(({ exec }) => exec)).toEqual([
    expect.stringMatching(/ synth --output images --fail-on-end-of-life$/),
  ]);
});
