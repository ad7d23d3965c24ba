import { BASE_CONFIG, ImageConstruct, Laravel, type ImageApp } from 'projen-nginx-php';

/** Laravel with Redis: two queue workers, the scheduler, its storage on a volume. */
export default function images(app: ImageApp): void {
  const shop = new ImageConstruct(app, 'shop-laravel', {
    platform: 'debian',
    php: { version: '8.4', extensions: [...BASE_CONFIG.php.extensions, 'redis'], memoryLimit: '256M' },
    nginx: { serverNames: ['shop.example.com'] },
  });
  new Laravel(shop, 'laravel', { queueWorkers: 2, queues: ['high', 'default'] });
}
