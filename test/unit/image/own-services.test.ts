import { ImageConstruct, Testing } from '../../../src';

test.each([
  [true, 'an absolute path of the application', ['/usr/bin/php', '/var/www/html/artisan', 'migrate']],
  [true, 'a path of the application as an argument', ['/usr/bin/env', 'X=/var/www/html/bin']],
  [true, 'a script that is named from the directory of the application', ['/usr/bin/php', 'artisan', 'migrate']],
  [false, 'a script that came with the image', ['/usr/bin/php', '/usr/local/lib/own.php']],
  [false, 'code as an argument', ['/usr/bin/php', '-r', 'echo 1;']],
  [false, 'PHP without any argument', ['/usr/bin/php']],
  [false, 'another program with a relative argument', ['/usr/bin/tool', 'artisan']],
])('the manifest says %j of a step that needs the application: %s', (expected, _, command) => {
  // GIVEN
  const app = Testing.app();
  const shop = new ImageConstruct(app, 'shop', { php: '8.4', platform: 'debian' });
  shop.addOneShot({ name: 'step', command });
  // WHEN
  const { services } = Testing.synth(app).manifest.images.shop!;
  // THEN
  expect(services).toEqual([{ name: 'step', kind: 'oneshot', command, usesApplication: expected }]);
});
