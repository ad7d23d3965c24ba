import { Application, ImageConstruct, type ImageApp } from 'projen-nginx-php';

/** An application with packages of Composer, of which one is its own. The code beside this file is in the image. */
export default function images(app: ImageApp): void {
  const greeter = new ImageConstruct(app, 'greeter', { platform: 'debian', php: '8.4' });
  new Application(greeter, 'application', { paths: ['packages', 'public', 'src'] });
}
