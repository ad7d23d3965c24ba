import { ImageConstruct, type ImageApp } from './src';

/** Every PHP version that the catalogue has, from the oldest. */
const PHP_VERSIONS = ['7.4', '8.0', '8.1', '8.2', '8.3', '8.4', '8.5'];

const PLATFORMS = ['alpine', 'ubuntu', 'debian'];

/** The reference matrix: every PHP version on every platform, with the defaults. */
export default function images(app: ImageApp): void {
  for (const php of PHP_VERSIONS) {
    for (const platform of PLATFORMS) {
      new ImageConstruct(app, `nginx-php-fpm-${php}-${platform}`, { php, platform });
    }
  }
}
