import { join } from 'node:path';
import { build, describeWithEngine, tryDocker } from './engine';
import { Server } from './server';

const CONTEXT = join(__dirname, '../../output/nginx-php-fpm-8.4-debian/amd64');
const IMAGE = 'projen-nginx-php-e2e:runtime-settings';
const APPLICATION = join(__dirname, 'app');

/** Starts with variables that are wrong; gives what is said and the exit status. */
function startWith(...variables: string[]): { status: number | null; stderr: string } {
  const flags = variables.flatMap((variable) => ['--env', variable]);
  return tryDocker('run', '--rm', '--read-only', '--tmpfs=/run:rw,noexec,uid=10001,mode=0775', ...flags, IMAGE);
}

describeWithEngine('settings that are given when a container starts', () => {
  let server: Server;

  beforeAll(async () => {
    // GIVEN
    build(CONTEXT, IMAGE);
    server = await Server.start({
      image: IMAGE,
      name: 'projen-nginx-php-e2e-settings',
      application: APPLICATION,
      environment: {
        NGINX_CLIENT_MAX_BODY_SIZE: '2M',
        PHP_DATE_TIMEZONE: 'Asia/Tokyo',
        PHP_MEMORY_LIMIT: '100M',
        PHP_OPCACHE_VALIDATE_TIMESTAMPS: '1',
      },
    });
  }, 600_000);

  afterAll(() => server?.remove());

  it('reach PHP, on a root that cannot be written', async () => {
    const response = await server.fetch(
      '/settings?names[]=memory_limit&names[]=date.timezone&names[]=opcache.validate_timestamps',
    );
    expect(await response.json()).toEqual({
      memory_limit: '100M',
      'date.timezone': 'Asia/Tokyo',
      'opcache.validate_timestamps': '1',
    });
  });

  it('reach nginx', async () => {
    const response = await server.fetch('/upload', { method: 'POST', body: Buffer.alloc(3 << 20) });
    expect(response.status).toBe(413);
  });

  it('count the workers from the memory limit of the container', () => {
    // 512 MB, less 64 for everything else, at 100 each
    const pool = server.exec('cat', '/run/php-fpm.d/runtime.conf').stdout;
    expect(pool).toMatch(/^pm\.max_children = 4$/m);
  });

  it.each([
    [['PHP_MEMORY_LIMIT=lots'], 'configure: PHP_MEMORY_LIMIT=lots is not a size such as 128M'],
    [['PHP_FPM_MAX_CHILDREN=0'], 'configure: PHP_FPM_MAX_CHILDREN=0 is not a number of workers, or auto'],
    [
      ['PHP_DATE_TIMEZONE=Mars/Base'],
      'configure: PHP_DATE_TIMEZONE=Mars/Base is not a time zone such as Europe/Prague',
    ],
    [['PHP_OPCACHE_VALIDATE_TIMESTAMPS=yes'], 'configure: PHP_OPCACHE_VALIDATE_TIMESTAMPS=yes is not 0 or 1'],
    [
      ['NGINX_CLIENT_MAX_BODY_SIZE=20M'],
      'configure: NGINX_CLIENT_MAX_BODY_SIZE=20M is more than PHP_POST_MAX_SIZE=10M',
    ],
    [['PHP_MAX_EXECUTION_TIME=600'], 'configure: PHP_MAX_EXECUTION_TIME=600 is more than the 60 seconds of PHP-FPM'],
    [['PHP_POST_MAX_SIZE=1M;\nlisten=0'], 'configure: PHP_POST_MAX_SIZE=1M;'],
  ])('end the start when they are wrong, by name: %j', (variables, message) => {
    const { status, stderr } = startWith(...variables);
    expect(stderr).toContain(message);
    expect(status).toBe(1);
  });
});
