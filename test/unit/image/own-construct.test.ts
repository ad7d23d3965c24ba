import type { Construct } from 'constructs';
import { DockerfileParser } from 'dockerfile-ast';
import { OwnPart, problemsOfPart, shopApp } from './support';
import { ImagePart, Testing, type ImageConfig, type TestSynthesis } from '../../../src';

/** A worker as a person would write it. */
class Worker extends ImagePart {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.addPackage({ alpine: 'imagemagick', debian: 'imagemagick-6', ubuntu: 'imagemagick-7' });
    this.addFile({ target: '/etc/worker.conf', content: 'queue=mail\n' });
    this.addFile({ target: '/usr/local/bin/worker', content: '#!/bin/sh\nexec sleep 1\n', executable: true });
    this.addOneShot({ name: 'migrate', command: ['/usr/bin/php', 'artisan', 'migrate', '--force'] });
    this.addLongRun({
      name: 'worker',
      command: ['/usr/local/bin/worker', 'a queue', ''],
      environment: { QUEUE: 'mail and more' },
      dependsOn: ['php-fpm'],
      readiness: ['/bin/test', '-e', '/run/worker'],
      stopSignal: 'SIGINT',
      stopTimeout: 7,
      maxDeaths: 3,
    });
    this.addEnvironment('APP_ENV', 'production of things');
    this.addWritablePath({
      path: '/var/spool/worker',
      kind: 'volume',
      exec: false,
      mode: '0750',
      purpose: 'the queue',
    });
    this.addPort(9100);
    this.addBuildStep({ name: 'warm-up', script: '#!/bin/sh\ntouch "$rootfs/etc/warm"\n' });
  }
}

type Source = ImageConfig['s6']['source'];

function synthWithWorker(source: Source): { file: (path: string) => string; synthesis: TestSynthesis } {
  const { app, shop } = shopApp({ s6: { source } });
  new Worker(shop, 'worker');
  const synthesis = Testing.synth(app);
  return { synthesis, file: (path) => synthesis.file(`shop/amd64/${path}`) };
}

/** Values of an instruction of the Dockerfile, as an independent parser reads them. */
function valuesOf(dockerfile: string, keyword: string): string[] {
  const instructions = DockerfileParser.parse(dockerfile).getInstructions();
  return instructions
    .filter((instruction) => instruction.getKeyword() === keyword)
    .flatMap((instruction) => instruction.getArguments().map(String));
}

describe.each<Source>(['overlay', 'distribution'])('a construct of one’s own, with s6 of the %s', (source) => {
  const { file, synthesis } = synthWithWorker(source);
  const assemble = file('scripts/assemble.sh');

  test('brings a package, by the name that the distribution has for it', () => {
    const packages = valuesOf(file('Dockerfile'), 'RUN');
    expect(packages).toContain('imagemagick-6');
    expect(packages).not.toContain('imagemagick');
    const { packages: listed } = synthesis.manifest.images.shop!;
    expect(listed).toContainEqual({ name: 'imagemagick-6', origin: 'user', certainty: 'unverified' });
  });

  test('brings files, with their modes', () => {
    expect(file('config/files/etc/worker.conf')).toBe('queue=mail\n');
    expect(assemble).toContain('put 0644 config/files/etc/worker.conf /etc/worker.conf\n');
    expect(assemble).toContain('put 0755 config/files/usr/local/bin/worker /usr/local/bin/worker\n');
    expect(synthesis.manifest.files['shop/amd64/config/files/usr/local/bin/worker']?.executable).toBe(true);
  });

  test('sets the environment of the container', () => {
    const properties = DockerfileParser.parse(file('Dockerfile'))
      .getENVs()
      .flatMap((env) => env.getProperties());
    const values = Object.fromEntries(properties.map((property) => [property.getName(), property.getValue()]));
    expect(values.APP_ENV).toBe('production of things');
  });

  test('declares a writable path', () => {
    expect(assemble).toContain('writable 0750 /var/spool/worker\n');
    expect(synthesis.file('shop/README.md')).toMatch(/^\| the queue \(volume\) +\| `\/var\/spool\/worker` +\|$/m);
    expect(synthesis.manifest.images.shop!.writablePaths).toContainEqual({
      path: '/var/spool/worker',
      kind: 'volume',
      exec: false,
      mode: '0750',
    });
  });

  test('declares a port', () => {
    expect(valuesOf(file('Dockerfile'), 'EXPOSE')).toEqual(['8080/tcp', '9100/tcp']);
    expect(synthesis.manifest.images.shop!.ports).toEqual([8080, 9100]);
  });

  test('takes a step of the build', () => {
    expect(file('scripts/steps/warm-up.sh')).toBe('#!/bin/sh\ntouch "$rootfs/etc/warm"\n');
    expect(assemble).toContain('rootfs=$rootfs sh -eu "$context/scripts/steps/warm-up.sh"\n');
  });

  test('has all of its files reach the builder', () => {
    const ignored = file('.dockerignore').split('\n');
    expect(ignored[0]).toBe('*');
    expect(ignored).toEqual(
      expect.arrayContaining(['!config', '!s6-overlay', '!scripts', '!nginx.conf', '!php-fpm.conf']),
    );
  });
});

test('its service runs under s6-overlay, after every one-shot', () => {
  const { file, synthesis } = synthWithWorker('overlay');
  const service = 's6-overlay/s6-rc.d/worker';
  expect(file(`${service}/run`)).toMatchInlineSnapshot(`
   "#!/command/execlineb -P
   getpid -E group
   foreground { redirfd -w 1 group echo \${group} }
   unexport group
   export QUEUE "mail and more"
   s6-notifyoncheck -d -n 0 -w 10
   cd /var/www/html
   /usr/local/bin/worker "a queue" ""
   "
  `);
  expect(file(`${service}/type`)).toBe('longrun\n');
  expect(file(`${service}/down-signal`)).toBe('SIGINT\n');
  expect(file(`${service}/timeout-kill`)).toBe('7000\n');
  expect(file(`${service}/finish`)).toContain('s6-permafailon 60 3 ');
  expect(file(`${service}/data/check`)).toContain('/bin/test -e /run/worker\n');
  expect(file('s6-overlay/s6-rc.d/migrate/up')).toBe('cd /var/www/html /usr/bin/php artisan migrate --force\n');
  const dependencies = synthesis.paths.filter((path) => path.includes('/worker/dependencies.d/'));
  expect(dependencies.map((path) => path.split('/').at(-1))).toEqual(['base', 'configure', 'migrate', 'php-fpm']);
  expect(synthesis.paths).toContain('shop/amd64/s6-overlay/user-bundles.d/user/contents.d/worker');
});

test('its service runs under s6 of the distribution; the one-shot runs before, and ends the container when it fails', () => {
  const { file } = synthWithWorker('distribution');
  const service = 's6-overlay/service/worker';
  expect(file(`${service}/run`)).toMatchInlineSnapshot(`
   "#!/usr/bin/execlineb -P
   if { loopwhilex -n s6-svwait -U /run/service/php-fpm }
   getpid -E group
   foreground { redirfd -w 1 group echo \${group} }
   unexport group
   export QUEUE "mail and more"
   s6-notifyoncheck -d -n 0 -w 10
   cd /var/www/html
   /usr/local/bin/worker "a queue" ""
   "
  `);
  expect(file(`${service}/down-signal`)).toBe('SIGINT\n');
  expect(file(`${service}/timeout-kill`)).toBe('7000\n');
  expect(file('s6-overlay/init')).toContain(`
/usr/bin/php artisan migrate --force || end "the start-up step migrate failed"
/etc/s6/await-ready &
exec s6-svscan -c 11 /run/service
`);
  expect(file('s6-overlay/service/.s6-svscan/SIGTERM')).toContain('s6-svc -wD -T 9000 -d /run/service/worker');
});

test('a variable that two constructs set to different values is refused, with both named', () => {
  const { app, shop } = shopApp();
  new OwnPart(shop, 'one', (part) => part.addEnvironment('QUEUE', 'a'));
  new OwnPart(shop, 'two', (part) => part.addEnvironment('QUEUE', 'b'));
  expect(Testing.problems(app)).toEqual([
    { where: 'shop/two', what: 'QUEUE is also set by shop/one, to something else', next: 'set it in one of the two' },
  ]);
});

test('PATH cannot be set: it is made from what the image has', () => {
  expect(problemsOfPart((part) => part.addEnvironment('PATH', '/opt/bin'))).toEqual([
    expect.objectContaining({ where: 'shop/own', what: 'PATH is made from what the image has' }),
  ]);
});
