import {
  DebianPlatform,
  ImagePart,
  type ContextFile,
  type ImageConstruct,
  type ImageProps,
  type PlatformOutput,
} from '../../../../src';
import { anAspect, rawText, soundImage, type BreakingCase } from '../support';

const UP_WAIT = 'if { loopwhilex -n s6-svwait -u /run/service/nginx }';
const OVERLAY = { s6: { source: 'overlay' } } as const;
const DISTRIBUTION = { s6: { source: 'distribution' } } as const;
const SERVICE = 's6-overlay/s6-rc.d';
const PLAIN = 's6-overlay/service';

/** A construct that renders a service of its own, as s6 reads it. */
class OwnService extends ImagePart {
  constructor(
    image: ImageConstruct,
    private readonly files: Readonly<Record<string, string>>,
  ) {
    super(image, 'own');
  }

  override renderFiles(): readonly ContextFile[] {
    return Object.entries(this.files).map(([path, content]) => ({
      path: `config/own/${path.replaceAll('/', '-')}`,
      content,
      executable: content.startsWith('#!'),
      target: `/etc/s6-overlay/${path}`,
    }));
  }
}

/** A platform whose Dockerfile starts the server by a shell. */
class ShellPlatform extends DebianPlatform {
  override render(...args: Parameters<DebianPlatform['render']>): PlatformOutput {
    const output = super.render(...args);
    const [last, ...others] = [...output.dockerfile.stages].reverse();
    const instructions = last!.instructions.map((instruction) =>
      instruction.kind === 'entrypoint' ? { ...instruction, command: ['/bin/sh', '-c', '/init'] } : instruction,
    );
    return {
      ...output,
      dockerfile: { ...output.dockerfile, stages: [...others.reverse(), { ...last!, instructions }] },
    };
  }
}

/** A case of a file that is written otherwise, with the s6 of the distribution where no other is named. */
function edited(
  rule: string,
  path: string,
  from: string | RegExp,
  to: string,
  told: { readonly story: string; readonly says: string; readonly props?: Partial<ImageProps> },
): BreakingCase {
  return rawText(rule, path, (text) => text.replace(from, to), { props: DISTRIBUTION, ...told });
}

export const SUPERVISOR_CASES: readonly BreakingCase[] = [
  {
    rule: 'SUP-001',
    by: 'a platform of one’s own',
    story: 'the server is started by a shell',
    says: 'ENTRYPOINT is ["/bin/sh"',
    build: (app) => soundImage(app, { platform: new ShellPlatform() }),
  },
  rawText('SUP-001', 'Dockerfile', (text) => `${text}CMD ["nginx", "-g", "daemon off;"]\n`, {
    story: 'a CMD is put after ENTRYPOINT',
    says: 'CMD is ["nginx"',
  }),
  rawText('SUP-001', 'Dockerfile', (text) => text.replace('ENTRYPOINT ["/init"]', 'entrypoint /init'), {
    story: 'ENTRYPOINT is written in shell form',
    says: 'ENTRYPOINT is /init, not ["/init"]',
    props: OVERLAY,
  }),
  rawText('SUP-001', 's6-overlay/init', (text) => text.replace(/^exec s6-svscan .*$/m, 'exec /usr/sbin/nginx'), {
    story: 'nginx takes the place of the scanner',
    says: 'it is not a script of /bin/sh that ends as s6-svscan',
    props: DISTRIBUTION,
  }),
  rawText(
    'SUP-001',
    'kubernetes.yaml',
    (text) => text.replace(/^( +)(automount)/m, '$1shareProcessNamespace: true\n$1$2'),
    {
      story: 'the pod shares its processes, for a debugger',
      says: 'shareProcessNamespace',
    },
  ),
  {
    rule: 'SUP-002',
    by: 'an aspect',
    story: 'the root is said to be writable',
    says: 'S6_READ_ONLY_ROOT is 0',
    build: (app) =>
      anAspect(soundImage(app, OVERLAY), ({ s6 }) => s6.contributions.environment.set('S6_READ_ONLY_ROOT', '0')),
  },
  {
    rule: 'SUP-002',
    by: 'a construct of one’s own',
    story: '/run is opened to everybody',
    says: 'S6_YES_I_WANT_A_WORLD_WRITABLE_RUN_BECAUSE_KUBERNETES changes how s6 runs',
    build: (app) =>
      soundImage(app, OVERLAY).addEnvironment('S6_YES_I_WANT_A_WORLD_WRITABLE_RUN_BECAUSE_KUBERNETES', '1'),
  },
  {
    rule: 'SUP-002',
    by: 'a construct of one’s own',
    story: 'a script of the older kind changes owners',
    says: '/etc/cont-init.d/10-owner is one of the older directories of s6-overlay',
    build: (app) =>
      soundImage(app, OVERLAY).addFile({
        target: '/etc/cont-init.d/10-owner',
        content: '#!/bin/sh\nchown -R www-data /data\n',
        executable: true,
      }),
  },
  {
    rule: 'SUP-003',
    by: 'a construct of one’s own',
    story: 'a worker is to run as root',
    says: '/command/s6-setuidgid changes the user',
    build: (app) =>
      soundImage(app, OVERLAY).addLongRun({
        name: 'queue',
        command: ['/command/s6-setuidgid', 'root', '/usr/bin/php', 'artisan', 'queue:work'],
      }),
  },
  {
    rule: 'SUP-003',
    by: 'a construct of one’s own',
    story: 'a shell in quotes calls sudo',
    says: 'sudo changes the user',
    build: (app) =>
      soundImage(app, DISTRIBUTION).addLongRun({
        name: 'queue',
        command: ['/bin/sh', '-c', 'sudo php artisan queue:work'],
      }),
  },
  {
    rule: 'SUP-004',
    by: 'a construct of one’s own',
    story: 'a service without finish is rendered',
    says: 's6-rc.d/queue/finish: it is not there, so the service is started again for ever',
    build: (app) =>
      new OwnService(soundImage(app, OVERLAY), {
        's6-rc.d/queue/type': 'longrun\n',
        's6-rc.d/queue/dependencies.d/base': '',
        's6-rc.d/queue/timeout-kill': '1000\n',
        's6-rc.d/queue/run': '#!/command/execlineb -P\n/usr/bin/php artisan queue:work\n',
        'user-bundles.d/user/contents.d/queue': '',
      }),
  },
  rawText('SUP-004', `${SERVICE}/php-fpm/run`, (text) => text.replace('--nodaemonize', '-D'), {
    story: 'PHP-FPM is sent to the background',
    says: 'php-fpm goes to the background',
    props: OVERLAY,
  }),
  rawText('SUP-004', 'nginx.conf', (text) => text.replace('daemon off;', '#daemon off;'), {
    story: 'nginx goes to the background',
    says: 'nginx goes to the background',
  }),
  rawText(
    'SUP-004',
    's6-overlay/service/nginx/finish',
    (text) => text.replace('s6-permafailon 60', '# s6-permafailon 60'),
    {
      story: 'deaths are counted in a comment alone',
      says: 'it does not count deaths by s6-permafailon',
      props: DISTRIBUTION,
    },
  ),
  rawText(
    'SUP-004',
    'scripts/assemble.sh',
    (text) => text.replace('put 0755 s6-overlay/service/nginx/run', 'put 0644 s6-overlay/service/nginx/run'),
    {
      story: 'run loses its mode on its way into the image',
      says: 'service/nginx/run: it cannot be executed',
      props: DISTRIBUTION,
    },
  ),
  {
    rule: 'SUP-005',
    by: 'a construct of one’s own',
    story: 'a service is rendered that is in no bundle',
    says: 'queue is not in the bundle user, so nobody starts it',
    build: (app) =>
      new OwnService(soundImage(app, OVERLAY), {
        's6-rc.d/queue/type': 'oneshot\n',
        's6-rc.d/queue/dependencies.d/base': '',
        's6-rc.d/queue/up': '/usr/bin/php artisan migrate\n',
      }),
  },
  {
    rule: 'SUP-005',
    by: 'a construct of one’s own',
    story: 'PHP-FPM is made to wait for nginx, which waits for it',
    says: 'nginx, php-fpm wait for each other',
    build: (app) => new OwnService(soundImage(app, OVERLAY), { 's6-rc.d/php-fpm/dependencies.d/nginx': '' }),
  },
  rawText('SUP-005', 's6-overlay/service/nginx/run', (text) => text.replace(/^if .*\n/m, ''), {
    story: 'nginx does not wait',
    says: 'nginx does not wait for php-fpm',
    props: DISTRIBUTION,
  }),
  rawText('SUP-005', 's6-overlay/service/nginx/run', (text) => text.replace('s6-svwait -U', 's6-svwait -u'), {
    story: 'nginx does not wait until PHP-FPM is ready',
    says: 'nginx does not wait for php-fpm',
    props: DISTRIBUTION,
  }),
  rawText('SUP-005', 's6-overlay/service/php-fpm/run', (text) => text.replace('\n', `\n${UP_WAIT}\n`), {
    story: 'PHP-FPM is made to wait until nginx is up, which waits for it',
    says: 'nginx, php-fpm wait for each other',
    props: DISTRIBUTION,
  }),
  rawText('SUP-005', 's6-overlay/service/.s6-svscan/SIGTERM', (text) => text.replace(/^.*php-fpm.*\n/m, ''), {
    story: 'a stop leaves PHP-FPM out',
    says: 'SIGTERM does not stop php-fpm',
    props: DISTRIBUTION,
  }),
  rawText(
    'SUP-006',
    `${SERVICE}/php-fpm/run`,
    (text) => text.replace('/command/execlineb -P', '/command/with-contenv sh'),
    {
      story: 'a run script takes the environment from files',
      says: '/command/with-contenv copies the environment',
      props: OVERLAY,
    },
  ),
  {
    rule: 'SUP-006',
    by: 'a construct of one’s own',
    story: 'a start-up step writes the environment down',
    says: 'the environment is printed',
    build: (app) =>
      soundImage(app, OVERLAY).addOneShot({ name: 'dotenv', command: ['/bin/sh', '-c', 'env >/run/environment'] }),
  },
  {
    rule: 'SUP-007',
    by: 'an aspect',
    story: 's6-overlay waits for ever',
    says: 'the time of the whole stop has no bound',
    build: (app) =>
      anAspect(soundImage(app, OVERLAY), ({ s6 }) => s6.contributions.environment.set('S6_SERVICES_GRACETIME', '0')),
  },
  rawText('SUP-007', 'compose.yaml', (text) => text.replace(/stop_grace_period: .*/, 'stop_grace_period: 10s'), {
    story: 'the time to stop is shortened',
    says: 'the container is killed after 10 seconds, but its services take up to',
  }),
  rawText('SUP-007', 'kubernetes.yaml', (text) => text.replace(/^.*terminationGracePeriodSeconds.*\n/m, ''), {
    story: 'the cluster is left to its 30 seconds',
    says: 'the container is killed after 30 seconds',
    props: DISTRIBUTION,
  }),
  {
    rule: 'SUP-008',
    by: 'a construct of one’s own',
    story: 'a step of the build writes a service',
    says: 'scripts/steps/agent.sh:2: a step of the build reaches into the tree of s6',
    build: (app) =>
      soundImage(app).addBuildStep({
        name: 'agent',
        script: '#!/bin/sh\nmkdir -p "$rootfs/etc/s6/service/agent"\n',
      }),
  },
  rawText(
    'SUP-008',
    'Dockerfile',
    (text) => text.replace(/^(COPY --from=assemble.*)$/m, '$1\nCOPY --chmod=0755 \\\n  scripts/init.sh /init'),
    {
      story: 'another first process is copied over /init',
      says: 'COPY reaches into the tree of s6',
      props: OVERLAY,
    },
  ),
  rawText(
    'SUP-009',
    's6-overlay/service/nginx/run',
    (text) => text.replace('/etc/nginx/nginx.conf', '/data/nginx.conf'),
    {
      story: 'nginx is started with a file of a writable directory',
      says: 'nginx reads /data/nginx.conf, not /etc/nginx/nginx.conf',
    },
  ),
  rawText('SUP-009', 's6-overlay/service/nginx/run', (text) => text.replace(' -c /', " -g 'user root;' -c /"), {
    story: 'nginx is given a directive on its command line',
    says: 'nginx is given -g, settings beside its file',
  }),
  rawText(
    'SUP-009',
    's6-overlay/service/php-fpm/run',
    (text) => text.replace(/--fpm-config \S+/, '--fpm-config=/data/f'),
    {
      story: 'PHP-FPM is started with a file of a writable directory',
      says: 'PHP-FPM reads /data/f, not /etc/php-fpm.conf',
    },
  ),
  {
    rule: 'SUP-009',
    by: 'a construct of one’s own',
    story: 'a worker is PHP’s own web server',
    says: '/usr/bin/php -S starts a server that no rule has judged',
    build: (app) =>
      soundImage(app).addLongRun({ name: 'own', command: ['/usr/bin/php', '-S', '0.0.0.0:9090', '-t', '/data'] }),
  },
  edited('SUP-004', `${PLAIN}/nginx/run`, '#!/usr/bin/execlineb -P', '#!/bin/sh', {
    story: 'a run script is one of the shell',
    says: 'it is no script of execlineb',
  }),
  edited('SUP-004', `${PLAIN}/nginx/run`, '#!/usr/bin/execlineb -P', '#!/data/bin/execlineb -P', {
    story: 'the interpreter of a run script lies where the server writes',
    says: 'it is no script of execlineb',
  }),
  edited('SUP-004', `${PLAIN}/nginx/run`, 'getpid -E group', 'background { /usr/sbin/nginx }\ngetpid -E group', {
    story: 'a run script leaves a program behind',
    says: 'it puts a program into the background',
  }),
  edited('SUP-004', `${PLAIN}/nginx/run`, '/usr/sbin/nginx -c', 'nginx -c', {
    story: 'a run script ends as a program that is looked for',
    says: 'it does not end as a program with an absolute path',
  }),
  edited('SUP-004', `${PLAIN}/nginx/finish`, /s6-permafailon 60 5 .*/, 'true', {
    story: 'deaths are not counted',
    says: 'it does not count deaths by s6-permafailon',
  }),
  edited('SUP-004', `${PLAIN}/nginx/finish`, 's6-permafailon 60 5', 's6-permafailon 60 61', {
    story: 'more deaths are asked for than can be in the time',
    says: 'it does not count deaths by s6-permafailon',
  }),
  edited('SUP-004', `${PLAIN}/nginx/finish`, 's6-permafailon 60 5', 's6-permafailon 0 5', {
    story: 'deaths are counted in no time',
    says: 'it does not count deaths by s6-permafailon',
  }),
  edited('SUP-004', `${PLAIN}/nginx/finish`, 's6-permafailon 60 5', 's6-permafailon 60 x5', {
    story: 'the number of deaths is none',
    says: 'it does not count deaths by s6-permafailon',
  }),
  edited('SUP-004', `${PLAIN}/nginx/finish`, /exit 125\n$/, 'exit 0\n', {
    story: 'a service whose deaths are counted is started again',
    says: 'it does not end the container when the deaths are counted',
  }),
  edited('SUP-004', `${PLAIN}/nginx/finish`, 's6-svscanctl -t /run/service', 's6-svscanctl -a /run/service', {
    story: 'the scanner is not told to end',
    says: 'it does not end the container when the deaths are counted',
  }),
  edited('SUP-004', `${PLAIN}/nginx/finish`, 's6-svscanctl -t /run/service', 'echo s6-svscanctl -t /run/service', {
    story: 'that the scanner is to end is only said',
    says: 'it does not end the container when the deaths are counted',
  }),
  edited('SUP-004', `${PLAIN}/php-fpm/run`, '--nodaemonize', '--nodaemonize --daemonize', {
    story: 'PHP-FPM is told both, and the last word counts',
    says: 'php-fpm goes to the background',
  }),
  edited('SUP-007', `${PLAIN}/nginx/timeout-kill`, /\d+/, 'soon', {
    story: 'the time after which a service is killed is none',
    says: 'the service has no time after which it is killed',
  }),
  edited('SUP-007', `${PLAIN}/nginx/timeout-kill`, /(\d+)/, '$1 s', {
    story: 'the time after which a service is killed has a unit',
    says: 'the service has no time after which it is killed',
  }),
  edited('SUP-007', `${PLAIN}/.s6-svscan/SIGTERM`, /-T \d+/g, '-T 0', {
    story: 'services are waited for without a bound',
    says: 'the time of the whole stop has no bound',
  }),
  edited('SUP-007', 'compose.yaml', /stop_grace_period: .*/, 'stop_grace_period: 100ms', {
    story: 'compose gives a tenth of a second',
    says: 'the container is killed after 0.1 seconds',
  }),
  edited('SUP-007', 'compose.yaml', / +stop_grace_period: .*\n/, '', {
    story: 'compose is left to its ten seconds',
    says: 'the container is killed after 10 seconds',
  }),
  edited('SUP-005', `${SERVICE}/nginx/type`, 'longrun', 'daemon', {
    story: 'a service has a type that s6-rc does not know',
    says: 'nginx has the type daemon',
    props: OVERLAY,
  }),
  edited(
    'SUP-009',
    `${PLAIN}/nginx/run`,
    '/usr/sbin/nginx -c /etc/nginx/nginx.conf',
    '/usr/sbin/nginx -c/data/nginx.conf',
    {
      story: 'the other file of nginx stands right behind its option',
      says: 'nginx reads /data/nginx.conf, not /etc/nginx/nginx.conf',
      props: DISTRIBUTION,
    },
  ),
  edited('SUP-009', `${PLAIN}/nginx/run`, '/usr/sbin/nginx -c', '/usr/sbin/nginx -p /data -c', {
    story: 'nginx gets another prefix',
    says: 'nginx is given -p, settings beside its file',
  }),
  edited('SUP-009', `${PLAIN}/php-fpm/run`, /(?:-y|--fpm-config)[ =]\S+/, '', {
    story: 'PHP-FPM is left to its own file',
    says: 'PHP-FPM reads a file of its own choice',
  }),
  edited('SUP-001', 's6-overlay/init', 'exec s6-svscan -c 10 /run/service', 'exec s6-svscan -c 10 /data/service', {
    story: 'the scanner looks at a directory that the server may write to',
    says: 'it is not a script of /bin/sh that ends as s6-svscan',
  }),
  edited('SUP-001', 's6-overlay/init', '#!/bin/sh', '#!/bin/bash', {
    story: 'the first process is a script of another shell',
    says: 'it is not a script of /bin/sh that ends as s6-svscan',
  }),
  edited('SUP-001', 's6-overlay/init', 'exec s6-svscan', 's6-svscan', {
    story: 'the scanner is a child of the first process',
    says: 'it is not a script of /bin/sh that ends as s6-svscan',
  }),
  edited('SUP-001', 'compose.yaml', /^( +)image:/m, '$1entrypoint: /bin/sh\n$1image:', {
    story: 'compose starts a shell',
    says: 'entrypoint is',
  }),
  edited('SUP-001', 'compose.yaml', /^( +)image:/m, '$1init: true\n$1image:', {
    story: 'compose puts a process before s6',
    says: 'init is',
  }),
  edited('SUP-006', `${PLAIN}/nginx/finish`, /^(exit 125)$/m, 'env\n$1', {
    story: 'a run script prints the environment',
    says: 'the environment',
  }),
  edited('SUP-006', `${PLAIN}/nginx/finish`, /^(exit 125)$/m, 'export -p\n$1', {
    story: 'a run script prints what is exported',
    says: 'the environment',
  }),
  edited('SUP-006', `${PLAIN}/nginx/finish`, /^(exit 125)$/m, 'set\n$1', {
    story: 'a run script prints its variables',
    says: 'the environment',
  }),
  {
    rule: 'SUP-005',
    by: 'a construct of one’s own',
    story: 'a service is rendered that waits for one which is not there',
    says: 'own waits for ghost, which is not there',
    build: (app) =>
      new OwnService(soundImage(app, OVERLAY), {
        's6-rc.d/own/type': 'longrun\n',
        's6-rc.d/own/run': '#!/command/execlineb -P\n/usr/bin/php -v\n',
        's6-rc.d/own/dependencies.d/base': '',
        's6-rc.d/own/dependencies.d/ghost': '',
      }),
  },
  {
    rule: 'SUP-005',
    by: 'a construct of one’s own',
    story: 'a service is rendered that waits for nothing, by a list in one file',
    says: 'own may start before s6-overlay is ready',
    build: (app) =>
      new OwnService(soundImage(app, OVERLAY), {
        's6-rc.d/own/type': 'longrun\n',
        's6-rc.d/own/run': '#!/command/execlineb -P\n/usr/bin/php -v\n',
        's6-rc.d/own/dependencies': 'nginx\n  php-fpm\n',
      }),
  },
  edited('SUP-006', `${PLAIN}/nginx/finish`, /^(exit 125)$/m, 'cat /proc/1/environ\n$1', {
    story: 'a script reads the environment of another process',
    says: 'the environment is read from where it was written',
  }),
  edited('SUP-006', `${PLAIN}/nginx/finish`, /^(exit 125)$/m, 'cat /run/s6/container_environment/KEY\n$1', {
    story: 'a script reads what s6-overlay wrote down',
    says: 'the environment is read from where it was written',
  }),
  edited('SUP-006', `${PLAIN}/nginx/finish`, /^(exit 125)$/m, 'declare -px\n$1', {
    story: 'a shell prints what is exported by its other word',
    says: 'the environment is printed',
  }),
  edited('SUP-006', `${PLAIN}/nginx/finish`, /^(exit 125)$/m, 'env -0\n$1', {
    story: 'the environment is printed with other ends of lines',
    says: 'the environment is printed',
  }),
  edited('SUP-002', `${PLAIN}/nginx/finish`, /^(exit 125)$/m, 'fix-attrs /data\n$1', {
    story: 'a program of the older s6-overlay changes owners',
    says: 'fix-attrs needs rights',
  }),
  edited('SUP-004', `${PLAIN}/nginx/finish`, 's6-permafailon 60 5', 's6-permafailon 60s 5', {
    story: 'seconds are counted with a unit',
    says: 'it does not count deaths by s6-permafailon',
  }),
  edited('SUP-004', `${PLAIN}/nginx/finish`, 's6-permafailon 60 5', 's6-permafailon 60 5x', {
    story: 'deaths are counted with a unit',
    says: 'it does not count deaths by s6-permafailon',
  }),
  edited('SUP-004', `${PLAIN}/nginx/finish`, 's6-permafailon 60 5', 's6-permafailon 9000 5000', {
    story: 'more deaths are counted than s6 remembers',
    says: 'it does not count deaths by s6-permafailon',
  }),
  edited('SUP-004', `${PLAIN}/nginx/finish`, 's6-permafailon 60 5', 'true 60 5', {
    story: 'another program is told what to count',
    says: 'it does not count deaths by s6-permafailon',
  }),
  edited('SUP-004', `${PLAIN}/nginx/finish`, /exit 125\n$/, 'exit 1250\n', {
    story: 'another status is given that begins in the same way',
    says: 'it does not end the container',
  }),
  edited('SUP-002', 'Dockerfile', /S6_KEEP_ENV=\S+/, 'OTHER=1', {
    story: 's6-overlay is not told to keep the environment',
    says: 'S6_KEEP_ENV is not set',
    props: OVERLAY,
  }),
  edited('SUP-002', 'compose.yaml', /^( +)image:/m, '$1environment: [S6_KEEP_ENV=0]\n$1image:', {
    story: 'compose sets a variable of s6-overlay, by a list',
    says: 'S6_KEEP_ENV changes how s6 runs',
    props: OVERLAY,
  }),
  {
    rule: 'SUP-005',
    by: 'a construct of one’s own',
    story: 'the bundle of all services names one that is not there',
    says: 'the bundle user names ghost, which is not there',
    build: (app) => new OwnService(soundImage(app, OVERLAY), { 'user-bundles.d/user/contents.d/ghost': '' }),
  },
  {
    rule: 'SUP-005',
    by: 'a construct of one’s own',
    story: 'a service takes the name of the bundle of all services',
    says: 's6-rc.d/user takes the place of the bundle user',
    build: (app) => new OwnService(soundImage(app, OVERLAY), { 's6-rc.d/user/type': 'bundle\n' }),
  },
  {
    rule: 'SUP-004',
    by: 'a construct of one’s own',
    story: 'a service is rendered that has nothing to run',
    says: 'own/run: it is not there',
    build: (app) =>
      new OwnService(soundImage(app, OVERLAY), {
        's6-rc.d/own/type': 'longrun\n',
        's6-rc.d/own/dependencies.d/base': '',
      }),
  },
];
