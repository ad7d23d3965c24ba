import { ImageConstruct, Symfony, type ImageApp } from 'projen-nginx-php';

/** Symfony with a consumer of Messenger that runs the tasks of Scheduler, too. */
export default function images(app: ImageApp): void {
  const shop = new ImageConstruct(app, 'shop-symfony', { platform: 'alpine', php: '8.4' });
  new Symfony(shop, 'symfony', { transports: ['scheduler_default', 'async'] });
}
