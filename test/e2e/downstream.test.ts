import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, describeWithEngine, docker } from './engine';
import { listImage } from './image-files';
import { Server } from './server';

const CONTEXT = join(__dirname, '../../output/nginx-php-fpm-8.4-debian/amd64');
const PARENT = 'projen-nginx-php-e2e:8.4-debian-amd64';
const IMAGE = 'projen-nginx-php-e2e:downstream';

describeWithEngine('an image of a person’s own: FROM, and COPY --chown=0:0 of the code', () => {
  let server: Server;
  let directory: string;

  beforeAll(async () => {
    // GIVEN
    build(CONTEXT, PARENT);
    directory = mkdtempSync(join(tmpdir(), 'downstream-'));
    cpSync(join(__dirname, 'app'), join(directory, 'app'), { recursive: true });
    writeFileSync(join(directory, 'Dockerfile'), `FROM ${PARENT}\nCOPY --chown=0:0 app /var/www/html\n`);
    execFileSync('docker', ['buildx', 'build', '--load', '--provenance=false', `--tag=${IMAGE}`, directory], {
      stdio: 'pipe',
    });
    server = await Server.start({ image: IMAGE, name: 'projen-nginx-php-e2e-downstream' });
  }, 600_000);

  afterAll(() => {
    server?.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  it('serves the code, its files and what is refused, as the mounted one', async () => {
    expect(await (await server.fetch('/hello')).json()).toMatchObject({ hello: 'world', uid: 10001 });
    expect((await server.fetch('/style.css')).status).toBe(200);
    expect((await server.fetch('/other.php')).status).toBe(404);
  });

  it('has the code in the hands of root, out of reach of the server', () => {
    const code = listImage(IMAGE).filter(({ path }) => path.startsWith('var/www/html/'));
    expect(code.length).toBeGreaterThan(4);
    expect(code.filter(({ owner }) => !/^(?:0|root)\/(?:0|root)$/.test(owner))).toEqual([]);
    expect(server.exec('touch', '/var/www/html/public/x').stderr).toMatch(/Read-only file system|Permission denied/);
  });

  it('keeps the user, the stop signal, the health check and the first process of its parent', () => {
    const settings = (image: string): string =>
      docker('inspect', '--format={{json .Config.User}}{{json .Config.StopSignal}}{{json .Config.Entrypoint}}', image) +
      docker('inspect', '--format={{json .Config.Healthcheck.Test}}', image);
    expect(settings(IMAGE)).toBe(settings(PARENT));
  });

  it('speaks TLS to others, and only to those whom it has reason to believe', () => {
    // GIVEN a certificate authority of one's own, and a server of it beside PHP
    const code = `
      $key = openssl_pkey_new();
      $request = openssl_csr_new(['commonName' => 'localhost'], $key);
      $certificate = openssl_csr_sign($request, null, $key, 2);
      openssl_x509_export($certificate, $crt);
      openssl_pkey_export($key, $pem);
      file_put_contents('/tmp/tls.pem', $crt . $pem);
      $serve = stream_context_create(['ssl' => ['local_cert' => '/tmp/tls.pem']]);
      $listener = stream_socket_server('tcp://127.0.0.1:0', $_, $_, STREAM_SERVER_BIND | STREAM_SERVER_LISTEN, $serve);
      $address = 'ssl://' . str_replace('127.0.0.1', 'localhost', stream_socket_get_name($listener, false));
      if (pcntl_fork() === 0) {
          for ($i = 0; $i < 2; $i++) {
              $client = stream_socket_accept($listener);
              @stream_socket_enable_crypto($client, true, STREAM_CRYPTO_METHOD_TLS_SERVER);
          }
          exit;
      }
      $believes = function (array $ssl) use ($address) {
          $context = stream_context_create(['ssl' => $ssl + ['peer_name' => 'localhost']]);
          return @stream_socket_client($address, $_, $_, 5, STREAM_CLIENT_CONNECT, $context) !== false;
      };
      echo json_encode([$believes([]), $believes(['cafile' => '/tmp/tls.pem'])]);`;
    // WHEN
    const { stdout, stderr } = server.exec('php', '-r', code);
    // THEN
    expect(stderr).toBe('');
    expect(stdout).toBe('[false,true]');
  });
});
