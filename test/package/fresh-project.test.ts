import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packTarball } from './support/pack';

/** What a person writes: two images, and a construct of their own. */
const IMAGES = `
import { ImageConstruct, ImagePart, type ImageApp } from 'projen-nginx-php';
import { Construct } from 'constructs';

class QueueWorker extends ImagePart {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.addPackage({ alpine: 'imagemagick', debian: 'imagemagick' });
    this.addFile({ target: '/etc/worker.conf', content: 'queue=default\\n' });
    this.addLongRun({ name: 'worker', command: ['/usr/bin/php', '/var/www/html/worker.php'], dependsOn: ['php-fpm'] });
  }
}

export default function images(app: ImageApp): void {
  const shops = new Construct(app, 'shops');
  for (const platform of ['alpine', 'debian']) {
    const shop = new ImageConstruct(shops, \`shop-\${platform}\`, {
      platform,
      php: { version: '8.4', extensions: ['pdo_mysql', 'redis'], memoryLimit: '256M' },
      nginx: { serverNames: ['shop.example.com'] },
    });
    new QueueWorker(shop, 'worker');
  }
}
`;

describe('a fresh project that depends on the packed tarball', () => {
  let directory: string;
  const run = (command: string, ...args: string[]): string =>
    execFileSync(command, args, { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const output = (path: string): string => readFileSync(join(directory, 'output', path), 'utf8');

  beforeAll(() => {
    // GIVEN
    directory = mkdtempSync(join(tmpdir(), 'fresh-project-'));
    writeFileSync(join(directory, 'package.json'), JSON.stringify({ name: 'shop', private: true }));
    writeFileSync(join(directory, 'images.ts'), IMAGES);
    run('npm', 'install', '--no-audit', '--no-fund', packTarball(), 'typescript@~6.0', '@types/node@20');
    // WHEN
    run('npx', 'dockerfile-generator', 'synth');
  }, 300_000);

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('has types that agree with what the person wrote', () => {
    const flags = [
      '--noEmit',
      '--strict',
      '--module',
      'commonjs',
      '--moduleResolution',
      'node10',
      '--ignoreDeprecations',
      '6.0',
      '--target',
      'es2022',
      '--types',
      'node',
    ];
    expect(run('npx', 'tsc', ...flags, 'images.ts')).toBe('');
  });

  it.each(['alpine', 'debian'])('writes the contexts of %s with the service, the file and the package', (platform) => {
    // THEN
    for (const architecture of ['amd64', 'arm64']) {
      const context = `shop-${platform}/${architecture}`;
      const tree = platform === 'alpine' ? 's6-rc.d' : 'service';
      expect(output(`${context}/Dockerfile`)).toMatch(/^ +imagemagick \\$/m);
      expect(output(`${context}/config/files/etc/worker.conf`)).toBe('queue=default\n');
      expect(output(`${context}/s6-overlay/${tree}/worker/run`)).toContain('/usr/bin/php /var/www/html/worker.php');
      expect(output(`${context}/nginx.conf`)).toContain('server_name shop.example.com;');
    }
  });

  it('marks the package of the person in the manifest', () => {
    const manifest = JSON.parse(output('manifest.json')) as { images: Record<string, { packages: unknown[] }> };
    expect(manifest.images['shop-debian']!.packages).toContainEqual({
      name: 'imagemagick',
      origin: 'user',
      certainty: 'unverified',
    });
  });

  it('finds nothing to do in a second run, and drift after a change', () => {
    expect(run('npx', 'dockerfile-generator', 'synth')).toMatch(/^output: 0 written, 0 removed, \d+ unchanged$/m);
    writeFileSync(join(directory, 'images.ts'), IMAGES.replace('256M', '512M'));
    const check = spawnSync('npx', ['dockerfile-generator', 'synth', '--check'], { cwd: directory, encoding: 'utf8' });
    expect(check.status).toBe(1);
    expect(check.stdout).toContain('shop-debian/amd64/config/php.ini');
    writeFileSync(join(directory, 'images.ts'), IMAGES);
    expect(run('npx', 'dockerfile-generator', 'synth', '--check')).toContain('up to date');
  });
});
