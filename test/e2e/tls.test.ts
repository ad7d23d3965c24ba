import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, describeWithEngine } from './engine';
import { Server } from './server';
import { ImageApp, ImageConstruct } from '../../src';

const IMAGE = 'projen-nginx-php-e2e:tls';

describeWithEngine('an image with TLS, the certificate mounted when it starts', () => {
  let server: Server;
  let directory: string;

  /** What curl sees of a request: status, version of HTTP, and the headers. */
  function curl(...args: string[]): string {
    const flags = ['--silent', '--insecure', '--include', '--max-time', '10'];
    return execFileSync('curl', [...flags, ...args], { encoding: 'utf8' });
  }

  beforeAll(async () => {
    // GIVEN
    directory = mkdtempSync(join(tmpdir(), 'tls-'));
    const key = join(directory, 'tls.key');
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
    execFileSync('openssl', [...request, '-keyout', key, '-out', join(directory, 'tls.crt')], { stdio: 'pipe' });
    chmodSync(directory, 0o755);
    chmodSync(key, 0o644);
    const app = new ImageApp({ outdir: join(directory, 'output') });
    new ImageConstruct(app, 'shop', {
      php: '8.4',
      platform: 'debian',
      architectures: ['amd64'],
      nginx: { tls: { certificate: '/etc/tls/tls.crt', key: '/etc/tls/tls.key', port: 8443 } },
    });
    app.synth();
    build(join(directory, 'output/shop/amd64'), IMAGE);
    server = await Server.start({
      image: IMAGE,
      name: 'projen-nginx-php-e2e-tls',
      application: join(__dirname, 'app'),
      mounts: [`${directory}:/etc/tls:ro`],
      ports: [8443],
    });
  }, 600_000);

  afterAll(() => {
    server?.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  it('serves PHP over HTTP/2, with strict transport security', () => {
    const answer = curl('--http2', `https://${server.address(8443)}/hello`);
    expect(answer).toMatch(/^HTTP\/2 200/);
    expect(answer).toMatch(/^strict-transport-security: max-age=31536000/m);
    expect(answer).toContain('"hello":"world"');
  });

  it.each(['1.0', '1.1'])('refuses TLS %s', (version) => {
    expect(() => curl('--tls-max', version, `https://${server.address(8443)}/hello`)).toThrow();
  });

  it('sends plain HTTP to https, and says nothing of strict transport security there', async () => {
    const response = await server.fetch('/hello?a=b', { headers: { Host: 'shop.example.com' } });
    expect(response.status).toBe(301);
    expect(response.headers.get('location')).toMatch(/^https:\/\/[^/]+\/hello\?a=b$/);
    expect(response.headers.has('strict-transport-security')).toBe(false);
  });
});
