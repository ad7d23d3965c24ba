import type { Row, SoundRow } from './support';
import { found, saying } from '../written';

const SHA256 = 'a'.repeat(64);
const ARCHIVE = 'https://example.com/a.tgz';
const TIMES = '--interval=30s --timeout=3s --start-period=30s --retries=3';

const REFUSED: readonly Row[] = [
  ['an image without a user', 'DF-001', 'FROM a\nUSER 10001:10001\nFROM b\n', ['Dockerfile:3: the last stage has no']],
  ['another user than that of the image', 'DF-001', 'FROM a\nUSER 33:33\n', ['Dockerfile:2: USER is 33:33, but']],
  ['a user whose name ends with numbers', 'DF-001', 'FROM a\nUSER app1:1\n', ['USER is app1:1, not two numbers']],
  ['a group whose name begins with a number', 'DF-001', 'FROM a\nUSER 1:1app\n', ['USER is 1:1app, not two numbers']],
  [
    'a label with a token',
    'DF-002',
    `FROM a\nLABEL ci="ghp_${'aB3'.repeat(8)}"\n`,
    ['Dockerfile:2: LABEL ci has a token of GitHub'],
  ],
  [
    'something drawn by chance among other words',
    'DF-002',
    'FROM a\nENV SENTRY="eu, Zk3vQ9xWb7Lr2TnY5sHd8Pc"\n',
    ['ENV SENTRY has a value that looks drawn by chance'],
  ],
  [
    'two downloads with one checksum',
    'DF-003',
    `FROM a AS b\nADD --checksum=sha256:${SHA256} ${ARCHIVE} ${ARCHIVE}.asc /tmp/\nFROM c\n`,
    ['Dockerfile:2: ADD has several sources'],
  ],
  [
    'a checksum that is cut off',
    'DF-003',
    `FROM a AS b\nADD --checksum=sha256:aaaa ${ARCHIVE} /tmp/\nFROM c\n`,
    ['has the checksum sha256:aaaa'],
  ],
  [
    'a checksum that is too long',
    'DF-003',
    `FROM a AS b\nADD --checksum=sha256:${SHA256}a ${ARCHIVE} /tmp/\nFROM c\n`,
    [`has the checksum sha256:${SHA256}a`],
  ],
  [
    'a download through a cache without TLS',
    'DF-003',
    `FROM a AS b\nADD --checksum=sha256:${SHA256} http://cache.local/${ARCHIVE} /tmp/\nFROM c\n`,
    [`ADD http://cache.local/${ARCHIVE} is not a download over https`],
  ],
  [
    'an address with a variable',
    'DF-003',
    `FROM a AS b\nARG V=1\nADD --checksum=sha256:${SHA256} https://example.com/$V.tgz /tmp/\nFROM c\n`,
    ['Dockerfile:3: ADD https://example.com/$V.tgz is not'],
  ],
  ['a command as plain text', 'DF-004', 'FROM a\nCMD php\n', ['Dockerfile:2: CMD php is run by a shell']],
  ['a command that is named none', 'DF-004', 'FROM a\nCMD none\n', ['CMD none is run by a shell']],
  ['a health check by a program none', 'DF-004', 'FROM a\nHEALTHCHECK CMD none\n', ['CMD none is run by a shell']],
  ['two commands', 'DF-005', 'FROM a\nCMD ["a"]\nCMD ["b"]\n', ['Dockerfile:3: CMD stands in its stage again']],
  [
    'two health checks',
    'DF-005',
    'FROM a\nHEALTHCHECK NONE\nHEALTHCHECK CMD ["b"]\n',
    ['Dockerfile:3: HEALTHCHECK stands in its stage again'],
  ],
  ['an image without a health check', 'DF-006', 'FROM a\nUSER 1:1\n', ['Dockerfile:1: the image has no HEALTHCHECK']],
  [
    'a health check by a client, as plain text',
    'DF-006',
    `FROM a\nHEALTHCHECK ${TIMES} CMD /usr/bin/curl -f http://127.0.0.1/\n`,
    ['Dockerfile:2: HEALTHCHECK needs curl'],
  ],
  [
    'tries below zero',
    'DF-006',
    `FROM a\nHEALTHCHECK ${TIMES.replace('retries=', 'retries=-')} CMD ["/bin/check"]\n`,
    ['does not set --retries'],
  ],
  [
    'a declared port that is not opened',
    'DF-007',
    'FROM a\nUSER 1:1\nEXPOSE 8080\n',
    ['Dockerfile:3: EXPOSE lacks the port 9100'],
    { ports: [8080, 9100] },
  ],
  ['ports that are not opened at all', 'DF-007', 'FROM a\n', ['Dockerfile:1: EXPOSE lacks the port 8080']],
  ['the port 0', 'DF-007', 'FROM a\nEXPOSE 0\n', [': 0 is not a port'], { ports: [0] }],
  ['a port above the last', 'DF-007', 'FROM a\nEXPOSE 65536\n', [': 65536 is not a port'], { ports: [65_536] }],
  ['EXPOSE of an address', 'DF-008', 'FROM a\nEXPOSE 127.0.0.1:80\n', ['Dockerfile:2: EXPOSE 127.0.0.1:80 is not']],
  ['protocols in capitals', 'DF-008', 'FROM a\nEXPOSE 80/TCP 81 82/UDP\n', ['EXPOSE 80/TCP 82/UDP is not']],
  ['EXPOSE of nothing', 'DF-008', 'FROM a\nEXPOSE\n', ['Dockerfile:2: EXPOSE']],
  [
    'an image without a directory',
    'DF-009',
    'FROM a\nWORKDIR /srv\nFROM b\nUSER 1:1\n',
    ['Dockerfile:3: the image has no WORKDIR'],
  ],
  ['the root as directory', 'DF-009', 'FROM a\nWORKDIR /\n', ['Dockerfile:2: WORKDIR / is a directory of the system']],
  ['a stage without a name', 'DF-019', 'FROM a\nFROM b AS c\nCOPY x /x\nFROM d\n', ['Dockerfile:1: a stage before']],
  [
    'a name with capitals',
    'DF-019',
    'FROM a AS Base\nFROM b\n',
    ['Dockerfile:1: the stage Base is not named in lower'],
  ],
  ['a name that is reserved', 'DF-019', 'FROM a AS scratch\nFROM b\n', ['Dockerfile:1: scratch is reserved']],
  [
    'a copy of a later stage',
    'DF-019',
    'FROM a AS b\nCOPY --from=c /x /x\nFROM d AS c\n',
    ['COPY takes from c, which'],
  ],
  ['ADD from an image', 'DF-019', 'FROM a\nADD --from=alpine /bin/x /x\n', ['Dockerfile:2: ADD takes from alpine']],
  [
    'a whole system beside a file',
    'DF-019',
    'FROM a AS b\nFROM c\nCOPY --from=b /etc/app /* /\n',
    ['Dockerfile:3: COPY takes a whole system'],
  ],
  ['copied files of any mode', 'DF-020', 'FROM a\nCOPY --chown=0:0 a /a\n', ['Dockerfile:2: the copied files have']],
  [
    'an owner whose number ends with 0',
    'DF-020',
    'FROM a\nCOPY --chown=10:0 --chmod=0644 a /a\n',
    ['the copied files belong to 10:0'],
  ],
  [
    'a group whose number begins with 0',
    'DF-020',
    'FROM a\nCOPY --chown=0:0101 --chmod=0644 a /a\n',
    ['the copied files belong to 0:0101'],
  ],
  [
    'a download that everybody may write',
    'DF-020',
    `FROM a\nADD --chmod=666 ${ARCHIVE} /a\n`,
    ['--chmod=666 lets others write'],
  ],
  ['a relative target', 'DF-021', 'FROM a\nUSER 1:1\nCOPY a app/\n', ['Dockerfile:3: app/ is relative']],
  ['ADD to a relative target', 'DF-021', `FROM a\nADD ${ARCHIVE} a\n`, ['Dockerfile:2: a is relative']],
  [
    'files of a pattern that become one',
    'DF-021',
    'FROM a\nCOPY *.conf /etc/app\n',
    ['to /etc/app, which does not end'],
  ],
  ['a small as', 'DF-022', 'FROM a as b\n', ['Dockerfile:1: as is not in capitals']],
  ['a label of old', 'DF-022', 'FROM a\nLABEL owner me\n', ['Dockerfile:2: LABEL owner is not written as']],
  ['a variable of old whose value has its own =', 'DF-022', 'FROM a\nENV OPTS a=b\n', ['ENV OPTS is not written as']],
  ['an empty continued line', 'DF-022', 'FROM a\nRUN a \\\n\n  && b\n', ['Dockerfile:2: a continued line is empty']],
  ['another escape character', 'DF-022', '# escape=`\nFROM a\n', ['Dockerfile: # escape=`']],
  ['a base of a variable that nothing sets', 'DF-022', 'FROM debian:$TAG\n', ['Dockerfile:1: FROM uses $TAG']],
  ['PATH where there is nothing', 'DF-022', 'FROM scratch\nENV PATH="/x:$PATH"\n', ['ENV uses $PATH']],
  ['a variable of another stage', 'DF-022', 'FROM a AS b\nENV X=1\nFROM c\nENV Y=$X\n', ['Dockerfile:4: ENV uses $X']],
  ['a label used as a variable', 'DF-022', 'FROM a\nLABEL x=1\nENV Y=$x\n', ['Dockerfile:3: ENV uses $x']],
  ['an unset variable in a flag', 'DF-022', 'FROM a\nCOPY --chown=$OWNER a /a\n', ['COPY uses $OWNER']],
  ['a dollar behind an escaped backslash', 'DF-022', 'FROM a\nENV A=\\\\$B\n', ['ENV uses $B']],
  ['two unset variables', 'DF-022', 'FROM a\nENV A=${B} C=$D\n', ['ENV uses $B', 'ENV uses $D']],
  ['ONBUILD', 'DF-023', 'FROM a\nONBUILD RUN b\n', ['Dockerfile:2: ONBUILD RUN b']],
  ['a Dockerfile without its first line', 'DF-024', 'FROM a\n', ['Dockerfile:1: it does not begin with']],
  ['a check that is skipped after a space', 'DF-024', '# check=error=true; skip=all\nFROM a\n', ['# check=skip=all']],
  ['a check that is skipped', 'DF-024', '# check=error=true;skip=all\nFROM a\n', ['Dockerfile:1: # check=skip=all']],
  [
    'a remark that silences a judge',
    'DF-024',
    '# check=error=true\n\n# trivy:ignore:DS-0002\nFROM a\n',
    ['Dockerfile:3: the comment'],
  ],
  [
    'a file that silences a judge',
    'DF-024',
    { Dockerfile: '# check=error=true\nFROM a\n', 'config/.hadolint.yaml': 'ignored: [DL3002]\n' },
    ['config/.hadolint.yaml: a file that silences'],
  ],
  [
    'a frontend whose digest is cut off',
    'DF-025',
    '# syntax=docker/dockerfile:1@sha256:aaaa\nFROM a\n',
    ['Dockerfile: the frontend docker/dockerfile:1@sha256:aaaa'],
  ],
  [
    'a frontend whose digest is too long',
    'DF-025',
    `# syntax=docker/dockerfile:1@sha256:${SHA256}a\nFROM a\n`,
    [`:${SHA256}a is not pinned`],
  ],
  ['an image without a signal', 'DF-026', 'FROM a\nSTOPSIGNAL TERM\nFROM b\n', ['Dockerfile:3: STOPSIGNAL is absent']],
  ['a signal whose name ends as a number', 'DF-026', 'FROM a\nSTOPSIGNAL SIGRTMIN+15\n', ['STOPSIGNAL is SIGRTMIN+15']],
];

it.each(REFUSED.map((row) => [row[0], row[1], row] as const))(
  '%s is refused by %s',
  (_, rule, [, , written, says, facts]) => {
    expect(found(rule, written, facts)).toEqual(saying(says));
  },
);

const SOUND: readonly SoundRow[] = [
  ['a label named as a secret', 'DF-002', 'FROM a\nLABEL API_TOKEN=none\n'],
  ['a build argument without a value', 'DF-002', 'FROM a\nARG CHANNEL\n'],
  ['a download with its checksum', 'DF-003', `FROM a AS b\nADD --checksum=sha256:${SHA256} ${ARCHIVE} /tmp/\nFROM c\n`],
  ['no health check at all', 'DF-004', 'FROM a\nHEALTHCHECK NONE\n'],
  ['a command for each stage', 'DF-005', 'FROM a AS b\nCMD ["a"]\nFROM c\nCMD ["b"]\n'],
  [
    'a health check of less than a second',
    'DF-006',
    `FROM a\nHEALTHCHECK ${TIMES.replace(/--interval=\S+/, '--interval=0.5s')} CMD ["/bin/check"]\n`,
  ],
  ['a health check that is replaced', 'DF-006', `FROM a\nHEALTHCHECK NONE\nHEALTHCHECK ${TIMES} CMD ["/bin/check"]\n`],
  ['a health check by a program none', 'DF-006', `FROM a\nHEALTHCHECK ${TIMES} CMD none\n`],
  ['the first port and the last', 'DF-007', 'FROM a\nEXPOSE 1 65535\n', { ports: [1, 65_535] }],
  ['ports with and without their protocol', 'DF-008', 'FROM a\nEXPOSE 8080 8443/tcp\nEXPOSE 53/udp\n'],
  ['a directory in quotes', 'DF-009', 'FROM a\nWORKDIR "/srv/app"\n'],
  ['a copy of the context', 'DF-019', 'FROM a\nCOPY . /app/\n'],
  ['a copy and a mount of a stage above', 'DF-019', 'FROM a AS b\nFROM c\nCOPY --from=b /x /x\nRUN --mount=from=B x\n'],
  ['a copy of a stage, as it is there', 'DF-020', 'FROM a AS b\nFROM c\nCOPY --from=b /x /x\n'],
  ['root by its name', 'DF-020', 'FROM a\nCOPY --chown=root:root --chmod=0755 a /a\n'],
  ['a relative target below a directory', 'DF-021', 'FROM a\nWORKDIR /srv\nCOPY a b ./\n'],
  ['a target below a variable', 'DF-021', 'FROM a\nARG ROOT=/srv\nCOPY a $ROOT/a\n'],
  ['labels with blanks in their names', 'DF-022', `FROM a\nLABEL "a b"=c 'd e'=f\n`],
  ['a label with a blank in single quotes', 'DF-022', `FROM a\nLABEL 'a b'=c\n`],
  ['a word as in a command', 'DF-022', 'FROM a\nRUN run as me\n'],
  ['an empty line in a script', 'DF-022', 'FROM a\nRUN <<EOF\na \\\n\nb\nEOF\n'],
  ['the escape character that it is anyway', 'DF-022', '# escape=\\\nFROM a\n'],
  ['variables for bases', 'DF-022', 'ARG TAG=1\nFROM --platform=$BUILDPLATFORM debian:$TAG\n'],
  ['PATH of a base', 'DF-022', 'FROM debian\nENV PATH="/x:$PATH"\n'],
  ['variables of the stage that it starts from', 'DF-022', 'FROM a AS Base\nENV X=1\nFROM base\nENV Y=$X\n'],
  ['variables of ARG and ENV', 'DF-022', 'FROM a\nARG X\nENV Y=$X\nENV Z=${Y}\n'],
  ['a variable of a shell', 'DF-022', 'FROM a\nRUN echo "$HOME"\nCMD ["sh", "-c", "echo $HOME"]\n'],
  ['a dollar in single quotes', 'DF-022', `FROM a\nENV A='$B is one' C='$D'\n`],
  ['a dollar that is escaped', 'DF-022', 'FROM a\nENV A=\\$B\n'],
  ['a variable with a value for when it is not set', 'DF-022', 'FROM a\nENV A=${B:-c}\n'],
  ['a variable at the end, and flags', 'DF-022', 'FROM a AS b\nFROM c\nARG TO=/x\nCOPY --from=b /x $TO\n'],
  [
    'a frontend that only begins like a setting',
    'DF-024',
    `# syntax=skipper/dockerfile@sha256:${SHA256}\n# check=experimental=all;error=true\nFROM a\n`,
  ],
  ['a frontend by its digest', 'DF-025', `# syntax=docker/dockerfile@sha256:${SHA256}\nFROM a\n`],
  ['the signal by its short name', 'DF-026', 'FROM a\nSTOPSIGNAL TERM\n'],
  ['the signal by its number', 'DF-026', 'FROM a\nSTOPSIGNAL 15\n'],
];

it.each(SOUND.map((row) => [row[0], row[1], row] as const))('%s passes %s', (_, rule, [, , written, facts]) => {
  expect(found(rule, written, facts)).toEqual([]);
});

describe('what nginx listens on', () => {
  const DOCKERFILE = 'FROM a\nEXPOSE 8080\n';
  const listening = (address: string, path = 'nginx.conf') =>
    found('DF-007', { Dockerfile: DOCKERFILE, [path]: `server {\n  listen ${address};\n}\n` });

  it.each([
    ['9999', '9999'],
    ['*:9999', '9999'],
    ['example.com:9999', '9999'],
    ['notlocalhost:9999', '9999'],
    ['[2001:db8::1]:9999', '9999'],
    ['[::]', '80'],
    ['10.0.0.1', '80'],
    ['web2', '80'],
    ['example.com', '80'],
  ])('%j is the port %s, which is refused', (address, port) => {
    expect(listening(address)).toEqual(saying([`nginx.conf:2: nginx listens on the port ${port},`]));
  });

  it.each(['8080', '[::]:8080', '127.10.20.30:9999', '127.0.0.1', '[::1]:9999', 'localhost', 'unix:/run/x.sock'])(
    '%j passes',
    (address) => {
      expect(listening(address)).toEqual([]);
    },
  );

  it('is read in any of its files, and in no other', () => {
    expect(listening('9999', 'config/nginx/own.conf')).toEqual(saying(['config/nginx/own.conf:2: nginx listens on']));
    expect(listening('9999', 'config/nginx/own.txt')).toEqual([]);
  });

  it('is not what PHP-FPM listens on', () => {
    // An empty remark of an ini file ends a directive of nginx.
    const pool = '[www]\nuser = app\n;\nlisten = 127.0.0.1:9000\n;\n';
    expect(found('DF-007', { Dockerfile: DOCKERFILE, 'php-fpm.conf': pool })).toEqual([]);
  });

  it('is asked of files that are of nginx, and cannot be told of an nginx.conf that nobody can read', () => {
    const files = { Dockerfile: DOCKERFILE, 'config/app.conf': 'a { b' };
    expect(found('DF-007', files)).toEqual([]);
    expect(found('DF-007', { ...files, 'nginx.conf': 'a { b' })).toEqual(saying(['could not be checked']));
  });
});
