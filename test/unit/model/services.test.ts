import {
  distributionTree,
  overlayTree,
  startOrder,
  withoutStartStep,
  type LongRun,
  type OneShot,
  type Service,
} from '../../../src/model';
import { errorOf } from '../synth/support';

function longRun(name: string, more: Partial<LongRun> = {}): LongRun {
  return {
    kind: 'longrun',
    name,
    command: [`/usr/bin/${name}`, '-x'],
    environment: {},
    dependsOn: [],
    stopSignal: 'SIGTERM',
    stopTimeout: 5,
    maxDeaths: 3,
    ...more,
  };
}

function oneShot(name: string, more: Partial<OneShot> = {}): OneShot {
  return { kind: 'oneshot', name, command: [`/usr/bin/${name}`], dependsOn: [], ...more };
}

const SERVICES: readonly Service[] = [
  longRun('web', {
    dependsOn: ['php'],
    environment: { ZEBRA: 'z', ANT: 'two words' },
    readiness: ['/usr/bin/curl', '-f', 'http://127.0.0.1/ping'],
    stopSignal: 'SIGQUIT',
    stopTimeout: 30,
    maxDeaths: 9,
  }),
  longRun('php', { readiness: ['/usr/bin/true'] }),
  oneShot('configure', { dependsOn: ['prepare'] }),
  oneShot('prepare'),
];

const OPTIONS = { execlineb: '/usr/bin/execlineb', source: '/etc/s6', startTimeout: 30 };

/** Files as they would be printed one after the other. */
function printed(files: ReturnType<typeof overlayTree>): string {
  return files
    .map(({ path, content, executable }) => `== ${path}${executable ? ' (executable)' : ''}\n${content}`)
    .join('');
}

test('services start after those that they depend on, by name where that leaves a choice', () => {
  const names = (services: readonly Service[]) => startOrder(services).map(({ name }) => name);
  expect(names(SERVICES)).toEqual(['php', 'prepare', 'configure', 'web']);
  expect(names([longRun('b'), longRun('a'), longRun('c', { dependsOn: ['d'] }), longRun('d')])).toEqual([
    'a',
    'b',
    'd',
    'c',
  ]);
  expect(names([])).toEqual([]);
});

test('all that is wrong with services is told at once', () => {
  const services = [
    longRun('a', { dependsOn: ['nobody'] }),
    longRun('a'),
    longRun('a'),
    oneShot('step', { dependsOn: ['b'] }),
    longRun('b'),
  ];
  const error = errorOf(() => startOrder(services));
  expect(error.type).toBe('VALIDATION_ERROR');
  expect(error.details).toMatchInlineSnapshot(`
   [
     {
       "next": "give one of them another name",
       "what": "two services are named a",
       "where": "service a",
     },
     {
       "next": "name one of: a, b, step",
       "what": "depends on nobody, which nobody brings",
       "where": "service a",
     },
     {
       "next": "take b out of dependsOn",
       "what": "runs before every service and cannot wait for b",
       "where": "service step",
     },
   ]
  `);
});

test('services that wait for each other are named, and no others', () => {
  const services = [longRun('c'), longRun('b', { dependsOn: ['a'] }), longRun('a', { dependsOn: ['b'] })];
  expect(errorOf(() => startOrder(services)).details).toMatchInlineSnapshot(`
   [
     {
       "next": "take one of them out of the dependsOn of another",
       "what": "these services wait for each other",
       "where": "services a, b",
     },
   ]
  `);
});

test('s6-overlay gets sources for s6-rc, and the bundle of what a container starts', () => {
  expect(printed(overlayTree(SERVICES, '/var/www/html'))).toMatchInlineSnapshot(`
   "== s6-rc.d/configure/dependencies.d/base
   == s6-rc.d/configure/dependencies.d/prepare
   == s6-rc.d/configure/type
   oneshot
   == s6-rc.d/configure/up
   cd /var/www/html /usr/bin/configure
   == s6-rc.d/php/data/check (executable)
   #!/command/execlineb -P
   redirfd -w 2 /dev/null
   /usr/bin/true
   == s6-rc.d/php/dependencies.d/base
   == s6-rc.d/php/dependencies.d/configure
   == s6-rc.d/php/dependencies.d/prepare
   == s6-rc.d/php/down-signal
   SIGTERM
   == s6-rc.d/php/finish (executable)
   #!/bin/sh
   # $1: exit status (256: ended by a signal), $2: signal, $3: service
   if [ -r group ] && read -r group <group && [ "$group" -gt 1 ]; then
     : >group
     kill -s KILL -- "-$group" 2>/dev/null
   fi
   s6-permafailon 60 3 1-255,SIGABRT,SIGBUS,SIGFPE,SIGILL,SIGKILL,SIGSEGV,SIGSYS true
   [ "$?" -eq 125 ] || exit 0
   echo "s6: $3 died 3 times within 60 seconds (status $1, signal $2); the container ends" >&2
   echo 1 >/run/s6-linux-init-container-results/exitcode
   /run/s6/basedir/bin/halt
   exit 125
   == s6-rc.d/php/notification-fd
   3
   == s6-rc.d/php/run (executable)
   #!/command/execlineb -P
   getpid -E group
   foreground { redirfd -w 1 group echo \${group} }
   unexport group
   s6-notifyoncheck -d -n 0 -w 10
   /usr/bin/php -x
   == s6-rc.d/php/timeout-kill
   5000
   == s6-rc.d/php/type
   longrun
   == s6-rc.d/prepare/dependencies.d/base
   == s6-rc.d/prepare/type
   oneshot
   == s6-rc.d/prepare/up
   cd /var/www/html /usr/bin/prepare
   == s6-rc.d/web/data/check (executable)
   #!/command/execlineb -P
   redirfd -w 2 /dev/null
   /usr/bin/curl -f http://127.0.0.1/ping
   == s6-rc.d/web/dependencies.d/base
   == s6-rc.d/web/dependencies.d/configure
   == s6-rc.d/web/dependencies.d/php
   == s6-rc.d/web/dependencies.d/prepare
   == s6-rc.d/web/down-signal
   SIGQUIT
   == s6-rc.d/web/finish (executable)
   #!/bin/sh
   # $1: exit status (256: ended by a signal), $2: signal, $3: service
   if [ -r group ] && read -r group <group && [ "$group" -gt 1 ]; then
     : >group
     kill -s KILL -- "-$group" 2>/dev/null
   fi
   s6-permafailon 60 9 1-255,SIGABRT,SIGBUS,SIGFPE,SIGILL,SIGKILL,SIGSEGV,SIGSYS true
   [ "$?" -eq 125 ] || exit 0
   echo "s6: $3 died 9 times within 60 seconds (status $1, signal $2); the container ends" >&2
   echo 1 >/run/s6-linux-init-container-results/exitcode
   /run/s6/basedir/bin/halt
   exit 125
   == s6-rc.d/web/notification-fd
   3
   == s6-rc.d/web/run (executable)
   #!/command/execlineb -P
   getpid -E group
   foreground { redirfd -w 1 group echo \${group} }
   unexport group
   export ANT "two words"
   export ZEBRA z
   s6-notifyoncheck -d -n 0 -w 10
   /usr/bin/web -x
   == s6-rc.d/web/timeout-kill
   30000
   == s6-rc.d/web/type
   longrun
   == user-bundles.d/user/contents.d/configure
   == user-bundles.d/user/contents.d/php
   == user-bundles.d/user/contents.d/prepare
   == user-bundles.d/user/contents.d/web
   "
  `);
});

test('plain s6 gets a first process, what each signal does, and service directories', () => {
  expect(printed(distributionTree(SERVICES, OPTIONS))).toMatchInlineSnapshot(`
   "== await-ready (executable)
   #!/bin/sh
   # Ends the container when a service is not ready in time.
   time=\${S6_CMD_WAIT_FOR_SERVICES_MAXTIME:-30000}
   set -- php web
   cd /run/service || exit
   for service; do
     until s6-svok "$service"; do sleep 0.01; done
   done
   s6-svwait -a -U -t "$time" "$@" 2>/dev/null
   [ "$?" -gt 1 ] || exit 0
   for service; do
     [ "$(s6-svstat -o ready "$service")" != true ] || continue
     echo "s6: $service was not ready within $time ms; the container ends" >&2
     break
   done
   echo 1 >/run/exit-code
   s6-svscanctl -t /run/service
   == init (executable)
   #!/bin/sh
   # The first process: runs the start-up steps, and becomes s6-svscan.
   [ "$#" -eq 0 ] || exec "$@"
   end() {
     echo "init: $1" >&2
     exit 1
   }
   # To a first process that asks for none, signals are not given. A step is let finish; then the container ends.
   trap 'exit 0' INT QUIT TERM
   rm -rf /run/service /run/exit-code || end "/run is not writable: mount a tmpfs on it"
   cp -Rs /etc/s6/service /run/service || end "/run is not writable: mount a tmpfs on it"
   /usr/bin/prepare || end "the start-up step prepare failed"
   /usr/bin/configure || end "the start-up step configure failed"
   /etc/s6/await-ready &
   exec s6-svscan -c 10 /run/service
   == service/.s6-svscan/SIGINT (executable)
   #!/usr/bin/execlineb -P
   foreground { s6-svc -wD -T 32000 -d /run/service/web }
   foreground { s6-svc -wD -T 7000 -d /run/service/php }
   s6-svscanctl -t /run/service
   == service/.s6-svscan/SIGQUIT (executable)
   #!/usr/bin/execlineb -P
   foreground { s6-svc -wD -T 32000 -d /run/service/web }
   foreground { s6-svc -wD -T 7000 -d /run/service/php }
   s6-svscanctl -t /run/service
   == service/.s6-svscan/SIGTERM (executable)
   #!/usr/bin/execlineb -P
   foreground { s6-svc -wD -T 32000 -d /run/service/web }
   foreground { s6-svc -wD -T 7000 -d /run/service/php }
   s6-svscanctl -t /run/service
   == service/.s6-svscan/finish (executable)
   #!/bin/sh
   status=0
   [ ! -r /run/exit-code ] || read -r status </run/exit-code
   exit "$status"
   == service/php/data/check (executable)
   #!/usr/bin/execlineb -P
   redirfd -w 2 /dev/null
   /usr/bin/true
   == service/php/down-signal
   SIGTERM
   == service/php/finish (executable)
   #!/bin/sh
   # $1: exit status (256: ended by a signal), $2: signal, $3: service
   if [ -r group ] && read -r group <group && [ "$group" -gt 1 ]; then
     : >group
     kill -s KILL -- "-$group" 2>/dev/null
   fi
   s6-permafailon 60 3 1-255,SIGABRT,SIGBUS,SIGFPE,SIGILL,SIGKILL,SIGSEGV,SIGSYS true
   [ "$?" -eq 125 ] || exit 0
   echo "s6: $3 died 3 times within 60 seconds (status $1, signal $2); the container ends" >&2
   echo 1 >/run/exit-code
   s6-svscanctl -t /run/service
   exit 125
   == service/php/notification-fd
   3
   == service/php/run (executable)
   #!/usr/bin/execlineb -P
   getpid -E group
   foreground { redirfd -w 1 group echo \${group} }
   unexport group
   s6-notifyoncheck -d -n 0 -w 10
   /usr/bin/php -x
   == service/php/timeout-kill
   5000
   == service/web/data/check (executable)
   #!/usr/bin/execlineb -P
   redirfd -w 2 /dev/null
   /usr/bin/curl -f http://127.0.0.1/ping
   == service/web/down-signal
   SIGQUIT
   == service/web/finish (executable)
   #!/bin/sh
   # $1: exit status (256: ended by a signal), $2: signal, $3: service
   if [ -r group ] && read -r group <group && [ "$group" -gt 1 ]; then
     : >group
     kill -s KILL -- "-$group" 2>/dev/null
   fi
   s6-permafailon 60 9 1-255,SIGABRT,SIGBUS,SIGFPE,SIGILL,SIGKILL,SIGSEGV,SIGSYS true
   [ "$?" -eq 125 ] || exit 0
   echo "s6: $3 died 9 times within 60 seconds (status $1, signal $2); the container ends" >&2
   echo 1 >/run/exit-code
   s6-svscanctl -t /run/service
   exit 125
   == service/web/notification-fd
   3
   == service/web/run (executable)
   #!/usr/bin/execlineb -P
   if { loopwhilex -n s6-svwait -U /run/service/php }
   getpid -E group
   foreground { redirfd -w 1 group echo \${group} }
   unexport group
   export ANT "two words"
   export ZEBRA z
   s6-notifyoncheck -d -n 0 -w 10
   /usr/bin/web -x
   == service/web/timeout-kill
   30000
   "
  `);
});

test('where no service tells that it is ready, nothing is waited for', () => {
  const files = distributionTree([longRun('own')], OPTIONS);
  expect(files.find(({ path }) => path === 'await-ready')).toEqual({
    path: 'await-ready',
    content: '#!/bin/sh\nexit 0\n',
    executable: true,
  });
  expect(files.map(({ path }) => path)).not.toContain('service/own/notification-fd');
});

test('a start-up step can be taken out of the first process', () => {
  const init = (services: readonly Service[]) =>
    distributionTree(services, OPTIONS).find(({ path }) => path === 'init')!.content;
  const step = oneShot('configure', { command: ['/usr/bin/php', 'a b'] });
  expect(withoutStartStep(init([longRun('php'), step, oneShot('other')]), step)).toBe(
    init([longRun('php'), oneShot('other')]),
  );
  expect(() => withoutStartStep(init([longRun('php')]), step)).toThrow('init has no start-up step configure');
});

test.each(['Web', '1web', '-web', 'we b', 'web\n', '', 'w'.repeat(64)])('%j is no name of a service', (name) => {
  expect(errorOf(() => overlayTree([longRun(name)], '/var/www/html')).details[0]).toMatchObject({ where: 's6' });
});

test.each<readonly [string, Partial<LongRun>]>([
  ['a program by its name', { command: ['php'] }],
  ['a program below something', { command: ['x/usr/bin/php'] }],
  ['no program', { command: [] }],
  ['a variable that begins with a digit', { environment: { '1A': 'x' } }],
  ['a variable with a space', { environment: { 'A B': 'x' } }],
])('a service with %s is refused', (_, more) => {
  expect(errorOf(() => overlayTree([longRun('own', more)], '/var/www/html')).details[0]).toMatchObject({
    where: 's6: own',
  });
});
