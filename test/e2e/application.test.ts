import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ARCHITECTURE, BASE, build, describeWithEngine } from './engine';
import { listImage } from './image-files';
import { Server } from './server';
import images from '../../examples/composer/images';
import { ImageApp } from '../../src';

const IMAGE = 'projen-nginx-php-e2e:application';
const EXAMPLE = join(__dirname, '../../examples/composer');

/** Credentials of a repository; drawn by nobody, and found by whoever looks for them. */
const PASSWORD = 'only-for-the-build';

const run = promisify(execFile);

describeWithEngine('the application stage', () => {
  let directory: string;
  let context: string;

  /** The example's application, in a directory of its own that a test may change. */
  function application(): string {
    const copy = mkdtempSync(join(directory, 'application-'));
    for (const path of ['composer.json', 'composer.lock', 'packages', 'public', 'src']) {
      cpSync(join(EXAMPLE, path), join(copy, path), { recursive: true });
    }
    return copy;
  }

  /** Builds as far as a stage, beside the tests' own servers, and keeps nothing of it but the cache. */
  async function buildStage(
    stage: string | undefined,
    source: string | undefined,
    more: readonly string[] = ['--output=type=cacheonly'],
  ): Promise<void> {
    await run('docker', [
      'buildx',
      'build',
      '--network=host',
      '--progress=plain',
      '--provenance=false',
      `--platform=linux/${ARCHITECTURE}`,
      `--build-context=base=docker-image://${BASE}`,
      ...(source === undefined ? [] : [`--build-context=application=${source}`]),
      ...(stage === undefined ? [] : [`--target=${stage}`]),
      ...more,
      context,
    ]);
  }

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'application-'));
    const app = new ImageApp({ outdir: join(directory, 'output') });
    images(app);
    app.synth();
    context = join(directory, `output/greeter/${ARCHITECTURE}`);
  });

  afterAll(() => rmSync(directory, { recursive: true }));

  describe('of the example composer, built and run', () => {
    let server: Server;

    beforeAll(async () => {
      // GIVEN the example beside what nobody meant to ship
      const source = application();
      writeFileSync(join(source, '.env'), 'A=1\n');
      writeFileSync(join(source, 'public/.hidden'), 'x');
      writeFileSync(join(source, 'dump.sql'), 'x');
      mkdirSync(join(source, 'src/.git'));
      build(context, IMAGE, { application: source });
      server = await Server.start({ image: IMAGE, name: 'projen-nginx-php-e2e-application' });
    }, 600_000);

    afterAll(() => server?.remove());

    it('runs the code and the packages of composer.lock', async () => {
      const greet = async (language: string): Promise<string> =>
        (await server.fetch('/', { headers: { 'Accept-Language': language } })).text();
      expect(await greet('fr-CH')).toBe('Bonjour\n');
      expect(await greet('de')).toBe('Guten Tag\n');
    });

    it('has what was named and what Composer made, and neither Composer nor anything beside it', () => {
      const paths = listImage(IMAGE).map(({ path }) => path.replace(/^\.?\//, ''));
      const top = new Set(paths.flatMap((path) => /^var\/www\/html\/([^/]+)/.exec(path)?.[1] ?? []));
      expect([...top].sort()).toEqual(['composer.json', 'composer.lock', 'packages', 'public', 'src', 'vendor']);
      expect(paths).toContain('var/www/html/vendor/acme/greeting/src/Greeting.php');
      // A directory of its class loader, and no program.
      expect(paths.filter((path) => /(?:^|\/)composer(?:\.phar)?\/?$/.test(path))).toEqual([
        'var/www/html/vendor/composer/',
      ]);
      expect(paths.filter((path) => /^var\/www\/html\/(?:.*\/)?\./.test(path))).toEqual([]);
    });

    it('belongs to root, with modes that nobody can write by', () => {
      const code = listImage(IMAGE).filter(({ path }) => /var\/www\/html\//.test(path));
      expect(code.filter(({ owner }) => !/^(?:0|root)\/(?:0|root)$/.test(owner))).toEqual([]);
      expect(code.filter(({ mode }) => !/^(?:drwxr-xr-x|-rw-r--r--|-rwxr-xr-x)$/.test(mode))).toEqual([]);
    });

    it('looks for classes in the list that Composer made alone', () => {
      const code = 'echo (require "/var/www/html/vendor/autoload.php")->isClassMapAuthoritative() ? "yes" : "no";';
      expect(server.exec('php', '-r', code).stdout).toBe('yes');
    });
  });

  it('is refused without its directory, with the option that gives it', async () => {
    await expect(buildStage('code', undefined)).rejects.toThrow(
      'application: its directory was not given: docker buildx build --build-context application=DIRECTORY',
    );
  }, 120_000);

  it('is refused where a path is missing that images.ts names, and without a lock', async () => {
    const source = application();
    rmSync(join(source, 'composer.lock'));
    await expect(buildStage('code', source)).rejects.toThrow('application: composer.lock is not there');
  }, 120_000);

  it('is refused with a private key', async () => {
    const source = application();
    mkdirSync(join(source, 'src/keys'));
    const pem = execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519'], { encoding: 'utf8' });
    writeFileSync(join(source, 'src/keys/oauth'), pem);
    await expect(buildStage('code', source)).rejects.toThrow(/private keys belong into no image.*src\/keys\/oauth/);
  }, 120_000);

  it('is refused where a package asks for an extension that only the stage of Composer has', async () => {
    const source = application();
    const lock = JSON.parse(readFileSync(join(source, 'composer.lock'), 'utf8')) as {
      packages: Array<{ require: object }>;
    };
    lock.packages[0]!.require = { 'ext-xdebug-of-nobody': '*' };
    writeFileSync(join(source, 'composer.lock'), JSON.stringify(lock));
    await expect(buildStage('code', source)).rejects.toThrow('ext-xdebug-of-nobody');
    // GIVEN one that PHP has here, and that is left out of the image
    lock.packages[0]!.require = { 'ext-sysvshm': '*' };
    writeFileSync(join(source, 'composer.lock'), JSON.stringify(lock));
    await expect(buildStage('assemble', source)).rejects.toThrow(
      'application: the image does not have ext-sysvshm, which acme/greeting asks for: add it to php.extensions',
    );
  }, 300_000);

  describe('with a private repository', () => {
    let http: HttpServer;
    let source: string;
    let secret: string;
    const requests: string[] = [];

    beforeAll(async () => {
      // GIVEN a repository of packages that asks for a name and a password
      const zip = packageArchive(directory);
      http = createServer((request, response) => {
        const given = Buffer.from(`acme:${PASSWORD}`).toString('base64');
        const isKnown = request.headers.authorization === `Basic ${given}`;
        requests.push(`${request.url} ${isKnown ? 200 : 401}`);
        response.writeHead(isKnown ? 200 : 401, { 'WWW-Authenticate': 'Basic realm="acme"' }).end(isKnown ? zip : '');
      });
      await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
      const host = `127.0.0.1:${(http.address() as AddressInfo).port}`;
      source = application();
      usePrivatePackage(source, `http://${host}`);
      secret = join(directory, 'credentials.json');
      writeFileSync(secret, JSON.stringify({ 'http-basic': { [host]: { username: 'acme', password: PASSWORD } } }));
    });

    afterAll(() => http.close());

    it('installs its packages with the credentials of a secret, of which the image keeps nothing', async () => {
      const archive = join(directory, 'private.tar');
      await buildStage(undefined, source, [
        `--secret=id=composer-auth,src=${secret}`,
        `--output=type=tar,dest=${archive}`,
      ]);
      expect(requests).toContain('/secret-1.0.0.zip 200');
      const paths = execFileSync('tar', ['-tf', archive], { encoding: 'utf8', maxBuffer: 64 << 20 });
      expect(paths).toContain('var/www/html/vendor/acme/secret/src/Secret.php');
      expect(paths).not.toMatch(/auth\.json|composer-auth/);
      expect(readFileSync(archive).includes(PASSWORD)).toBe(false);
    }, 300_000);

    it('is refused without them', async () => {
      requests.length = 0;
      await expect(buildStage('code', source, ['--output=type=cacheonly', '--no-cache-filter=code'])).rejects.toThrow(
        /401|authentication|credentials/i,
      );
      expect(requests.filter((line) => line.endsWith(' 200'))).toEqual([]);
    }, 300_000);
  });
});

/** A package as a registry has it: a zip file of its commit. */
function packageArchive(directory: string): Buffer {
  const place = mkdtempSync(join(directory, 'package-'));
  mkdirSync(join(place, 'src'));
  writeFileSync(join(place, 'composer.json'), JSON.stringify({ name: 'acme/secret', version: '1.0.0' }));
  writeFileSync(join(place, 'src/Secret.php'), '<?php\n\nnamespace Acme\\Secret;\n\nfinal class Secret\n{\n}\n');
  const git = (...args: string[]): Buffer => execFileSync('git', ['-C', place, ...args], { stdio: 'pipe' });
  git('init', '--quiet');
  git('add', '.');
  return git('archive', '--format=zip', git('write-tree').toString('utf8').trim());
}

function usePrivatePackage(source: string, address: string): void {
  const edit = (file: string, change: (json: Record<string, Record<string, unknown> & unknown[]>) => void): void => {
    const json = JSON.parse(readFileSync(join(source, file), 'utf8')) as Parameters<typeof change>[0];
    change(json);
    writeFileSync(join(source, file), JSON.stringify(json));
  };
  edit('composer.json', (json) => {
    json.require!['acme/secret'] = '^1.0';
    json.config = { 'secure-http': false } as never;
  });
  edit('composer.lock', (json) => {
    json.packages!.push({
      name: 'acme/secret',
      version: '1.0.0',
      dist: { type: 'zip', url: `${address}/secret-1.0.0.zip`, reference: '1', shasum: '' },
      type: 'library',
      autoload: { 'psr-4': { 'Acme\\Secret\\': 'src/' } },
    });
  });
}
