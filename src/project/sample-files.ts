import { SampleFile, type Project } from 'projen';
import { Catalog } from '../catalog';

/** Files that a new repository starts with; from then on they belong to the person. */
export function addSampleFiles(project: Project): void {
  const php = newestOnEvery(SAMPLE_PLATFORMS);
  new SampleFile(project, 'images.ts', { contents: images(php) });
  new SampleFile(project, 'test/images.test.ts', { contents: test() });
}

const SAMPLE_PLATFORMS = ['alpine', 'debian'];

/** The newest PHP that the archives of some distributions have. */
function newestOnEvery(platforms: readonly string[]): string {
  const catalog = Catalog.shipped();
  return catalog.phpVersions
    .filter((php) =>
      platforms.every((platform) => {
        const release = catalog.platform(platform)?.defaultRelease[php];
        return release && catalog.release(platform, release)?.php[php]?.origin === 'archive';
      }),
    )
    .at(-1)!;
}

function images(php: string): string {
  return `import { BASE_CONFIG, ImageConstruct, type ImageApp } from 'projen-nginx-php';

/** The images of this repository. What one can be told: npx dockerfile-generator explain config web-debian */
export default function images(app: ImageApp): void {
  for (const platform of ['${SAMPLE_PLATFORMS.join("', '")}']) {
    new ImageConstruct(app, \`web-\${platform}\`, {
      platform,
      php: { version: '${php}', extensions: [...BASE_CONFIG.php.extensions], memoryLimit: '256M' },
      nginx: { clientMaxBodySize: '8M' },
    });
  }
}
`;
}

function test(): string {
  return `import { Testing } from 'projen-nginx-php';
import images from '../images';

test('every image runs without privileges', () => {
  const app = Testing.app();
  images(app);
  const output = Testing.synth(app);
  expect(output.file('web-debian/amd64/Dockerfile')).toContain('USER 10001:10001');
});
`;
}

/** README.md of a new repository. */
export function sampleReadme(name: string): string {
  return `# ${name}

Images with nginx and PHP-FPM, described in images.ts and written to output/.

- \`npx projen synth\` writes the images, \`npx projen\` the repository too; commit both.
- \`npx projen test\` runs the tests, \`npx projen test:local\` builds images and runs them (needs Docker).
- \`npx projen publish -- --environment production\` publishes.
`;
}
