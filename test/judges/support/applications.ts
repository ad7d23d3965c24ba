import { Application, ImageConstruct, Testing } from '../../../src';

/** Each way in which Composer comes into a build, and a build without it. */
const IMAGES = [
  { platform: 'alpine', php: '8.4' },
  { platform: 'debian', php: '8.4' },
  { platform: 'debian', php: '8.3' },
  { platform: 'ubuntu', php: '8.3' },
  { platform: 'debian', php: '8.2', composer: false },
] as const;

/** Files of images that an application is built into, which the reference matrix does not have, by path. */
export function applicationFiles(pattern: RegExp): Array<[path: string, text: string]> {
  const app = Testing.app();
  for (const { platform, php, ...rest } of IMAGES) {
    const image = new ImageConstruct(app, `application-${platform}-${php}`, {
      platform,
      php,
      architectures: ['amd64'],
    });
    new Application(image, 'application', { paths: ['public', 'src'], buildPackages: ['git'], ...rest });
  }
  const { paths, file } = Testing.synth(app);
  return paths.filter((path) => pattern.test(path)).map((path) => [path, file(path)]);
}
