import type { Row, SoundRow } from './support';
import { found, saying } from '../written';

const STRIP = 'find /rootfs -xdev -type f -perm /6000 -exec chmod a-s {} +';
const COPY = 'COPY --from=build /rootfs /';

/** A stage that makes a root, line by line, and the image of that root. */
function image(build: readonly string[], last = COPY): string {
  return ['FROM debian AS build', ...build, 'FROM scratch', last, ''].join('\n');
}

/** A RUN that does something before the bits are taken away. */
function before(command: string): string {
  return image([`RUN ${command} && ${STRIP}`]);
}

const REFUSED: readonly Row[] = [
  [
    'an image that is no root of its own, and keeps the bits',
    'FROM debian\nUSER 1:1\n',
    ['Dockerfile:1: no find over all of / takes the setuid and setgid bits away at the end of the stage debian'],
  ],
  [
    'two roots of which none is gone through',
    image(['RUN make'], 'COPY --from=build /rootfs/ /own/ /'),
    [
      'Dockerfile:1: no find over all of /rootfs /own takes the setuid and setgid bits away at the end of the stage build',
    ],
  ],
  [
    'a copy that sets the bit',
    image([`RUN ${STRIP}`], 'COPY --chmod=4755 own /usr/bin/own'),
    ['Dockerfile:4: COPY sets the mode 4755'],
  ],
  ['an addition that sets the bit', image([`RUN ${STRIP}`], 'ADD --chmod=u+s own /own'), ['ADD sets the mode u+s']],
  [
    'an addition of a root that keeps the bits',
    image(['RUN make'], 'ADD --from=build /rootfs /'),
    ['Dockerfile:1: no find over all of /rootfs'],
  ],
  [
    'files that are copied into the root at the end',
    image([`RUN ${STRIP}`, 'COPY own /rootfs/usr/bin/']),
    ['Dockerfile:3: COPY brings files after the setuid and setgid bits were taken'],
  ],
  [
    'an archive that is unpacked into the root at the end',
    image([`RUN ${STRIP}`, 'ADD own.tar /rootfs/']),
    ['Dockerfile:3: ADD brings files after the setuid and setgid bits were taken'],
  ],
  [
    'a program that is written by dd over find',
    before('dd if=/tmp/own of=/usr/bin/find'),
    ['dd replaces /usr/bin/find, a tool of the build'],
  ],
  [
    'a program that finds others than it seems to',
    before('PATH=/opt/own:$PATH make'),
    ['Dockerfile:2: PATH is set to /opt/own:$PATH, so that programs of other places run'],
  ],
  ['a line that is only shown', image([`RUN echo ${STRIP.replace('find ', '')}`]), ['no find over all of /rootfs']],
  [
    'a search that ends with the first program',
    image([`RUN ${STRIP.replace('+', String.raw`\; -quit`)}`]),
    ['no find over all of /rootfs'],
  ],
  ...['u+x,g+s', 'go-w,u+s', 'u+Xs', '00004755', '2755', 'a=rws'].map((mode): Row => [
    `the mode ${mode} at the end`,
    image([`RUN ${STRIP} && chmod ${mode} /rootfs/a`]),
    ['chmod runs after'],
  ]),
  [
    'another path for all that follows',
    image([`RUN PATH=/opt/own:$PATH; ${STRIP}`]),
    ['PATH is set to /opt/own:$PATH'],
  ],
  ['another path that is exported', before('export PATH=/opt/own:$PATH'), ['PATH is set to /opt/own:$PATH']],
  [
    'another path for the whole stage',
    image(['ENV PATH=/opt/own:$PATH', `RUN ${STRIP}`]),
    ['Dockerfile:2: PATH is set to /opt/own:$PATH'],
  ],
  [
    'the root of a stage that is told by its number',
    'FROM debian\nRUN make\nFROM scratch\nCOPY --from=0 /rootfs /\n',
    ['Dockerfile:1: no find over all of /rootfs'],
  ],
  ['a program that is put over find by its directory', before('cp -t /usr/bin /tmp/find'), ['cp replaces /usr/bin']],
  [
    'a program that is put over find by its directory, written out',
    before('install --target-directory=/usr/bin /tmp/find'),
    ['install replaces /usr/bin'],
  ],
  ['an archive over the tools', before('tar -xC /usr/bin -f /tmp/own.tar'), ['tar replaces /usr/bin']],
  ['a function of the name', before('find() { :; }'), ['find changes what runs']],
  ['a function of the name of chmod', before('chmod () { :; }'), ['chmod changes what runs']],
  ['a function by its word', before('function find { :; }'), ['function changes what runs']],
  ['a copy over a tool', image(['COPY own /usr/bin/find', `RUN ${STRIP}`]), ['Dockerfile:2: COPY may replace a tool']],
  ['an archive over everything', image(['ADD own.tar /', `RUN ${STRIP}`]), ['Dockerfile:2: ADD may replace a tool']],
  ['a copy of a tree over /usr', image(['COPY tree/ /usr/', `RUN ${STRIP}`]), ['COPY may replace a tool']],
  ['a path of two slashes', before('cp /tmp/own //usr/bin/find'), ['cp replaces //usr/bin/find']],
];

const SOUND: readonly SoundRow[] = [
  ['files of the context that have no mode of their own', image(['RUN make'], 'COPY own /etc/own')],
  ['files of the context with a plain mode', image(['RUN make'], 'COPY --chmod=0644 own /etc/own')],
  ['a copy beside a stage without a name', 'FROM debian\nRUN make\nFROM scratch\nCOPY own /etc/own\n'],
  [
    'a part of a root, with a slash at its end',
    image(['RUN find /out/root -perm /6000 -exec chmod a-s {} +'], 'COPY --from=build /out/root/ /'),
  ],
  [
    'a search with a slash at its end',
    image(['RUN find /out/root/ -perm /6000 -exec chmod a-s {} +'], 'COPY --from=build /out/root /'),
  ],
  ['a search over the whole stage', image([`RUN ${STRIP.replace('/rootfs', '/')}`])],
  ['a search over the root by its variable', image([`RUN ${STRIP.replace('/rootfs', '"${rootfs}"')}`])],
  [
    'a search over everything that is there, file by file',
    image([`RUN ${STRIP.replace('-type f ', '').replace('+', String.raw`\;`)}`]),
  ],
  [
    'a search that asks for the kind of file last',
    image(['RUN find /rootfs -mount -perm /6000 -type f -exec chmod ug-s {} +']),
  ],
  ['files that are copied elsewhere', image(['COPY a /tmp/', 'COPY b /rootfs/usr/bin/b', `RUN ${STRIP}`])],
  ['settings of the stage after it', image([`RUN ${STRIP}`, 'ENV A=b'])],
  ['a file that is named as a command of the shell', image(['COPY hash /etc/own/', `RUN ${STRIP}`])],
  ['capabilities that are taken away', before('setcap -r /rootfs/usr/bin/ping')],
  ['links of certificates by their hashes', before('c_rehash /rootfs/etc/ssl/certs')],
  ['hashes of all files', before('hashdeep -r /rootfs')],
  ['an installation that is looked at', before('/opt/own/check-install /usr/lib/php')],
  ['a library that goes through the preprocessor', before('cpp -P /usr/lib/php/own.h')],
  ['a library that is looked at by something like rm', before('/opt/own/confirm /usr/lib/php')],
  ['an empty directory that is removed', before('rmdir /usr/local/lib/own')],
  ['a word as dd has it, for another program', before('echo of=/usr/bin/find')],
  ['a tool that is read', before('sha256sum </usr/bin/find')],
  ['the path of the system for one program', before('PATH=/usr/local/sbin:/usr/bin:/bin:$PATH make')],
  ['the path of the system for a stage', image(['ENV PATH=/usr/bin:/sbin', `RUN ${STRIP}`])],
  ['a mode that takes the bits', image([`RUN ${STRIP} && chmod u-s,g=rx,0755 /rootfs/a`])],
  ['a stage by its number', `FROM debian\nRUN ${STRIP}\nFROM scratch\nCOPY --from=0 /rootfs /\n`],
];

it.each(REFUSED)('%s is refused', (_, written, says) => {
  expect(found('IMG-008', written)).toEqual(saying(says));
});

it.each(SOUND)('%s: passes', (_, written) => {
  expect(found('IMG-008', written)).toEqual([]);
});
