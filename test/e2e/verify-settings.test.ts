import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, describeWithEngine, tryDocker } from './engine';
import { CronJob, ImageApp, ImageConstruct, ImagePart, QueueWorker } from '../../src';
import type { Manifest } from '../../src/synth';
import { verifyImage, type CheckPack, type VerifyReport } from '../../src/verify';
import { CHECK_PACKS, TLS_PACK } from '../../src/verify/packs';

const IMAGE = 'projen-nginx-php-e2e:verify-settings';

/** Programs that an application brings, none of which can run without it. */
class Shop extends ImagePart {
  constructor(scope: ImageConstruct, id: string) {
    super(scope, id);
    this.addOneShot({ name: 'migrate', command: ['/usr/bin/php', '/var/www/html/artisan', 'migrate'] });
    this.addLongRun({
      name: 'socket',
      command: ['/usr/bin/php', '/var/www/html/socket.php'],
      // Which has no readiness check, and waits for one that has.
      dependsOn: ['queue-1'],
      readiness: ['/usr/bin/php', '/var/www/html/ready.php'],
    });
    new QueueWorker(this, 'queue', {
      command: ['php', '/var/www/html/artisan', 'queue:work'],
      processes: 2,
      dependsOn: ['php-fpm'],
    });
    new CronJob(this, 'report', { schedule: '* * * * *', command: ['php', '/var/www/html/artisan', 'report'] });
  }
}

describeWithEngine(
  'a verification of an image with TLS, own programs, own entry points, few methods and limits',
  () => {
    let directory: string;

    async function verify(image: string, packs: readonly CheckPack[] = CHECK_PACKS): Promise<VerifyReport> {
      const { images } = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as Manifest;
      return verifyImage({ image, manifest: images.shop!, packs });
    }

    beforeAll(() => {
      // GIVEN
      directory = mkdtempSync(join(tmpdir(), 'verify-settings-'));
      const app = new ImageApp({ outdir: directory });
      const shop = new ImageConstruct(app, 'shop', {
        php: '8.4',
        platform: 'debian',
        architectures: ['amd64'],
        nginx: {
          documentRoot: '/var/www/html/web',
          entryPoints: ['/app.php', '/admin/login.php'],
          limits: { requestsPerSecond: 40 },
          methods: ['GET', 'HEAD', 'POST'],
          port: 8090,
          serverNames: ['*.example.com'],
          tls: { certificate: '/etc/tls/tls.crt', key: '/etc/tls/private/tls.key', port: 8444 },
        },
      });
      new Shop(shop, 'own');
      app.synth();
      build(join(directory, 'shop/amd64'), IMAGE);
    }, 600_000);

    afterAll(() => rmSync(directory, { recursive: true, force: true }));

    it('finds that every check passes, and says what it did not run', async () => {
      // WHEN
      const { checks } = await verify(IMAGE);
      // THEN
      expect(checks.filter(({ passed }) => !passed)).toEqual([]);
      expect(checks.filter(({ skipped }) => skipped)).toEqual([]);
      const seen = (id: string): string => checks.find((check) => check.id === id)!.seen;
      expect(seen('process/set-aside')).toBe('queue-1, queue-2, socket, migrate, cron');
      expect(seen('tls/redirect')).toBe('301 to https://www.example.com/page?name=a%20b');
      expect(seen('http/front-controller')).toBe('3 requests, each at /app.php');
    }, 300_000);

    it('names what is wrong with TLS', async () => {
      // GIVEN an image that speaks old versions of TLS and no HTTP/2, and serves pages without it
      const tag = `projen-nginx-php-e2e:broken-tls-${process.pid}`;
      const edits = String.raw`
      $text = file_get_contents('/etc/nginx/nginx.conf');
      $text = str_replace('ssl_protocols TLSv1.2 TLSv1.3;', 'ssl_protocols TLSv1 TLSv1.1 TLSv1.2;', $text, $versions);
      $text = str_replace('ssl_ciphers ECDHE', 'ssl_ciphers ALL:@SECLEVEL=0;#', $text, $ciphers);
      $text = str_replace('http2 on;', '', $text, $http2);
      $text = str_replace('return 301 https://', 'return 302 http://', $text, $redirect);
      file_put_contents('/etc/nginx/nginx.conf', $text);
      exit($versions && $ciphers && $http2 && $redirect ? 0 : 1);`;
      const dockerfile = `FROM ${IMAGE}\nUSER 0:0\nRUN ${JSON.stringify(['php', '-r', edits])}\nUSER 10001:10001\n`;
      try {
        execFileSync('docker', ['buildx', 'build', '--load', '--provenance=false', `--tag=${tag}`, '-'], {
          input: dockerfile,
          stdio: ['pipe', 'pipe', 'pipe'],
        });
        // WHEN
        const { checks } = await verify(tag, [TLS_PACK]);
        // THEN
        const seen = Object.fromEntries(checks.filter(({ passed }) => !passed).map((check) => [check.id, check.seen]));
        expect(seen).toEqual({
          'tls/http2': expect.stringMatching(/^\/page answers /),
          'tls/redirect': expect.stringMatching(/it answers 302; it sends to http:/),
          'tls/versions': expect.stringMatching(/^TLSv1: TLSv1; TLSv1\.1: TLSv1\.1; TLSv1\.3: ERR_SSL_/),
        });
      } finally {
        tryDocker('rmi', '--force', tag);
      }
    }, 120_000);
  },
);
