import { BASE_CONFIG, ImageConstruct, WordPress, type ImageApp } from 'projen-nginx-php';

/** WordPress behind its own entry points; uploads on a volume. */
export default function images(app: ImageApp): void {
  const blog = new ImageConstruct(app, 'blog', {
    platform: 'debian',
    php: {
      version: '8.4',
      extensions: [...BASE_CONFIG.php.extensions, 'gd', 'mysqli'],
      uploadMaxFilesize: '30M',
      postMaxSize: '32M',
    },
    nginx: { serverNames: ['blog.example.com'], clientMaxBodySize: '32M' },
  });
  new WordPress(blog);
}
