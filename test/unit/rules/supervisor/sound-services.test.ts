import type { ImageConstruct, ImageProps } from '../../../../src';
import { alarms, edited } from '../false-alarms';

const SOURCES: ReadonlyArray<Partial<ImageProps>> = [
  { s6: { source: 'overlay' } },
  { s6: { source: 'distribution' } },
  { platform: 'alpine' },
  { platform: 'ubuntu', php: '7.4' },
];

describe.each(SOURCES)('the rules on s6 let pass, with %j', (props) => {
  it.each<[string, (image: ImageConstruct) => void]>([
    ['an image as it is', () => undefined],
    [
      'a worker that waits for nginx, and one that is ready by a check',
      (image) => {
        image.addLongRun({ name: 'queue', command: ['/usr/bin/php', 'artisan', 'queue:work'], dependsOn: ['nginx'] });
        image.addLongRun({
          name: 'socket',
          command: ['/usr/local/bin/serve', '--user', 'shop', '--env', 'production'],
          readiness: ['/bin/test', '-S', '/run/x'],
          environment: { WORKERS: '4', NOTE: 'not a word of it # is a comment' },
        });
      },
    ],
    [
      'one-shots, one after the other',
      (image) => {
        image.addOneShot({ name: 'migrate', command: ['/usr/bin/php', 'artisan', 'migrate'], dependsOn: ['warm-up'] });
        image.addOneShot({
          name: 'warm-up',
          command: ['/usr/bin/env', 'APP_ENV=production', '/usr/bin/php', 'warm.php'],
        });
      },
    ],
    [
      'cron',
      (image) => image.addCronJob({ name: 'prune', schedule: '@daily', command: ['/usr/bin/php', 'artisan', 'prune'] }),
    ],
    [
      'a step of the build, and files of one’s own',
      (image) => {
        image.addBuildStep({ name: 'warm', script: '#!/bin/sh\nmkdir -p "$rootfs/opt/init/command"\n' });
        image.addFile({ target: '/etc/shop/init.conf', content: 's6=no\n' });
      },
    ],
  ])('%s', (_, change) => {
    expect(alarms(['SUP'], props, change)).toEqual([]);
  });
});

describe('the rules on s6 see through', () => {
  it.each<[string, string, Partial<ImageProps>, string, string | RegExp, string]>([
    ['SUP-001', 'two ENTRYPOINTs, of which the last counts', {}, 'Dockerfile', /$/, 'ENTRYPOINT ["/bin/sh"]\n'],
    ['SUP-001', 'other letters and a continued line', {}, 'Dockerfile', /$/, 'cmd \\\n  ["x"]\n'],
    [
      'SUP-001',
      'an entry point in compose',
      {},
      'compose.dev.yaml',
      'environment:',
      'entrypoint: ["sh"]\n    environment:',
    ],
    ['SUP-001', 'a command in the cluster', {}, 'kubernetes.yaml', /^( +)startupProbe/m, '$1args: ["php"]\n$&'],
    ['SUP-002', 'a later ENV', { platform: 'alpine' }, 'Dockerfile', /^USER/m, 'ENV S6_READ_ONLY_ROOT 0\nUSER'],
    [
      'SUP-002',
      'a variable of compose',
      {},
      'compose.dev.yaml',
      'environment:',
      'environment:\n      S6_KEEP_ENV: "0"',
    ],
    [
      'SUP-003',
      'quotes in the middle of a name',
      { platform: 'alpine' },
      's6-overlay/s6-rc.d/php-fpm/run',
      /^unexport group/m,
      '/command/s6-"setuidgid" root\n$&',
    ],
    [
      'SUP-004',
      'a program behind a block',
      { platform: 'alpine' },
      's6-overlay/s6-rc.d/nginx/run',
      /^(\/usr\/sbin\/nginx.*)$/m,
      'foreground { $1 }',
    ],
    [
      'SUP-004',
      'more deaths than there is time for',
      { platform: 'alpine' },
      's6-overlay/s6-rc.d/nginx/finish',
      's6-permafailon 60 5',
      's6-permafailon 1 5000',
    ],
    [
      'SUP-006',
      'env into a file',
      { platform: 'alpine' },
      's6-overlay/s6-rc.d/nginx/finish',
      '#!/bin/sh\n',
      '#!/bin/sh\nenv >"/run/e"\n',
    ],
    ['SUP-007', 'no time to be killed after', {}, 's6-overlay/service/nginx/timeout-kill', /\d+/, '0'],
    [
      'SUP-008',
      'a line of assemble.sh',
      {},
      'scripts/assemble.sh',
      /$/,
      'cat >"$rootfs/etc/s6/service/nginx/run" <<EOF\nEOF\n',
    ],
    [
      'SUP-008',
      'a link over the first process',
      { platform: 'alpine' },
      'scripts/assemble.sh',
      /$/,
      'ln -sf /bin/sh $rootfs/init\n',
    ],
  ])('%s: %s', (rule, _, props, path, from, to) => {
    const found = alarms(['SUP'], props, (image) => image.patchFile(path, (text) => edited(text, from, to)));
    expect(found.join('\n')).toContain(rule);
  });
});
