import type { Construct } from 'constructs';
import { ImagePart, type ApplicationProps } from '../image';

/**
 * The code of an application, brought into the image while it is built: the files and directories that are named, and
 * the packages of `composer.lock`. Composer runs in a stage that is thrown away. The code belongs to root, and the
 * server can only read it.
 *
 * @example
 * new Application(shop, 'application', { paths: ['bin', 'config', 'public', 'src'] });
 */
export class Application extends ImagePart {
  constructor(scope: Construct, id: string, props: ApplicationProps) {
    super(scope, id);
    this.addApplication(props);
  }
}
