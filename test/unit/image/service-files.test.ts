import { synthShop } from './support';

const PLACES = {
  overlay: 'shop/amd64/s6-overlay/s6-rc.d/nginx',
  distribution: 'shop/amd64/s6-overlay/service/nginx',
} as const;

test('nginx runs under s6-overlay by this script', () => {
  const file = synthShop({ s6: { source: 'overlay' } }).file(`${PLACES.overlay}/run`);
  expect(file).toMatchInlineSnapshot(`
   "#!/command/execlineb -P
   getpid -E group
   foreground { redirfd -w 1 group echo \${group} }
   unexport group
   s6-notifyoncheck -d -n 0 -w 10
   /usr/sbin/nginx -c /etc/nginx/nginx.conf
   "
  `);
});

test('nginx runs under s6 of the distribution by this script, which waits for PHP-FPM', () => {
  const file = synthShop({ s6: { source: 'distribution' } }).file(`${PLACES.distribution}/run`);
  expect(file).toMatchInlineSnapshot(`
   "#!/usr/bin/execlineb -P
   if { loopwhilex -n s6-svwait -U /run/service/php-fpm }
   getpid -E group
   foreground { redirfd -w 1 group echo \${group} }
   unexport group
   s6-notifyoncheck -d -n 0 -w 10
   /usr/sbin/nginx -c /etc/nginx/nginx.conf
   "
  `);
});

test('when nginx dies under s6-overlay, this happens', () => {
  const file = synthShop({ s6: { source: 'overlay' } }).file(`${PLACES.overlay}/finish`);
  expect(file).toMatchInlineSnapshot(`
   "#!/bin/sh
   # $1: exit status (256: ended by a signal), $2: signal, $3: service
   if [ -r group ] && read -r group <group && [ "$group" -gt 1 ]; then
     : >group
     kill -s KILL -- "-$group" 2>/dev/null
   fi
   s6-permafailon 60 5 1-255,SIGABRT,SIGBUS,SIGFPE,SIGILL,SIGKILL,SIGSEGV,SIGSYS true
   [ "$?" -eq 125 ] || exit 0
   echo "s6: $3 died 5 times within 60 seconds (status $1, signal $2); the container ends" >&2
   echo 1 >/run/s6-linux-init-container-results/exitcode
   /run/s6/basedir/bin/halt
   exit 125
   "
  `);
});

test('the number of deaths and the time to stop come from the configuration', () => {
  const { file } = synthShop({ s6: { source: 'distribution', maxDeaths: 47, stopTimeout: 99 } });
  expect(file(`${PLACES.distribution}/finish`)).toContain('s6-permafailon 60 47 ');
  expect(file(`${PLACES.distribution}/timeout-kill`)).toBe('99000\n');
});

test('s6-overlay is told to wait longer for a stop than a service does', () => {
  const dockerfile = synthShop({ s6: { source: 'overlay', stopTimeout: 99 } }).file('shop/amd64/Dockerfile');
  expect(dockerfile).toContain('S6_SERVICES_GRACETIME="101000"');
});

test.each(['overlay', 'distribution'] as const)(
  'nginx is ready, with s6 of the %s, when it takes connections, also while every worker of PHP is busy',
  (source) => {
    const { file } = synthShop({ s6: { source } });
    expect(file(`${PLACES[source]}/data/check`)).toContain('\n/usr/bin/php -n /usr/local/lib/listening.php\n');
    expect(file('shop/amd64/scripts/listening.php')).not.toContain('/ping');
  },
);
