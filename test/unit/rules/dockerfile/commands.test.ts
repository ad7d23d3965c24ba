import { script, type Row, type SoundRow } from './support';
import { found, saying, type Written } from '../written';

const URL = 'https://example.com/a';
const LEAN = 'apt-get install -y --no-install-recommends';

/** A Dockerfile with one RUN, in its second line. */
function run(text: string): string {
  return `FROM a\nRUN ${text}\n`;
}

/** A script of execline beside the others. */
function service(path: string, text: string): Written {
  return { Dockerfile: 'FROM a\n', [`config/s6-rc.d/own/${path}`]: text };
}

const REFUSED: readonly Row[] = [
  [
    'an index for another tool',
    'DF-010',
    run('apt-get update && apk add --no-cache a'),
    ['Dockerfile:2: apt-get update without an installation'],
  ],
  [
    'an index that comes too late',
    'DF-010',
    run(`${LEAN} a && apt-get update`),
    ['apt-get install without an update', 'apt-get update without an installation'],
  ],
  ['an index for nothing', 'DF-010', run('apt-get update && apt-get clean'), ['update without an installation']],
  ['an installation after something else', 'DF-010', run(`apt-get clean && ${LEAN} a`), ['install without an update']],
  [
    'a package that is installed again from no index',
    'DF-010',
    run('apt-get reinstall -y a'),
    ['apt-get reinstall without an update'],
  ],
  ['apt-get that asks', 'DF-011', run('apt-get install -q --no-install-recommends a'), ['asks and waits']],
  [
    'a yes that is a no',
    'DF-011',
    run('apt-get install --assume-yes=false --no-install-recommends a'),
    ['asks and waits'],
  ],
  [
    'lists that are removed before they come',
    'DF-011',
    run(`rm -rf /var/lib/apt/lists/* && apt-get update && ${LEAN} a`),
    ['Dockerfile:2: the lists of apt are left behind'],
  ],
  [
    'lists that are looked at, while something else is removed',
    'DF-011',
    run(`apt-get update && ${LEAN} a && ls /var/lib/apt/lists && rm -rf /tmp/a`),
    ['the lists of apt are left behind'],
  ],
  ['an index of apk', 'DF-012', script('apk update'), ['scripts/own.sh:1: apk update']],
  ['repairs of apk', 'DF-012', script('apk fix\napk cache clean'), [':1: apk fix', ':2: apk cache']],
  [
    'packages whose versions the archive decides',
    'DF-013',
    run('apk add a b=1 c'),
    ['Dockerfile:2: the live archive decides the versions of a, c'],
  ],
  ['four packages of which three are told', 'DF-013', run('apk add a b c d'), ['a, b, c and 1 more']],
  [
    'curl that looks at no certificate',
    'DF-014',
    run(`curl --insecure -o a ${URL}`),
    ['Dockerfile:2: curl does not check the certificate'],
  ],
  ['wget that forgets who needs TLS', 'DF-014', run(`wget --no-hsts ${URL}`), ['wget does not check the certificate']],
  [
    'repositories without signatures',
    'DF-014',
    run('apt-get -o Acquire::AllowInsecureRepositories=true update'),
    ['apt-get with AllowInsecureRepositories'],
  ],
  ['npm without certificates', 'DF-014', run('npm config set strict-ssl false'), ['npm with strict-ssl false']],
  ['git without certificates', 'DF-014', run('GIT_SSL_NO_VERIFY=1 git fetch'), [': GIT_SSL_NO_VERIFY=1']],
  [
    'node without certificates',
    'DF-014',
    run('NODE_TLS_REJECT_UNAUTHORIZED=0 npm ci'),
    [': NODE_TLS_REJECT_UNAUTHORIZED=0'],
  ],
  [
    'variables for all that follows',
    'DF-014',
    script('export A=b GIT_SSL_NO_VERIFY=1\nexport NODE_TLS_REJECT_UNAUTHORIZED=0'),
    ['own.sh:1: GIT_SSL_NO_VERIFY=1', 'own.sh:2: NODE_TLS_REJECT_UNAUTHORIZED=0'],
  ],
  [
    'a repository that is trusted among other options',
    'DF-014',
    run('echo "deb [ arch=amd64 trusted = yes lang=en ] https://example.com/ ./" >/etc/apt/sources.list'),
    ['a repository is trusted without its key: [ arch=amd64 trusted = yes lang=en ]'],
  ],
  [
    'a source of today that is trusted',
    'DF-014',
    script('cat >/etc/apt/sources.list.d/own.sources <<EOF\nTrusted:  yes\nTypes: deb\nEOF'),
    ['own.sh:1: a repository is trusted without its key'],
  ],
  ['an entry point by sudo', 'DF-015', 'FROM a\nENTRYPOINT ["/usr/bin/sudo", "b"]\n', ['Dockerfile:2: sudo is used']],
  ['a command by su', 'DF-015', 'FROM a\nCMD exec su app\n', ['Dockerfile:2: su is used']],
  ['a health check by gosu', 'DF-015', 'FROM a\nHEALTHCHECK CMD ["gosu", "app", "b"]\n', ['gosu is used']],
  [
    'an entry point that gives sudo to a shell',
    'DF-015',
    'FROM a\nENTRYPOINT ["sh", "-c", "exec /usr/bin/sudo b"]\n',
    ['Dockerfile:2: sudo is used'],
  ],
  [
    'a service that changes its user',
    'DF-015',
    service('run', '#!/command/execlineb -P\nfdmove -c 2 1\ns6-setuidgid app /bin/own\n'),
    ['config/s6-rc.d/own/run:3: s6-setuidgid is used'],
  ],
  ['a step of s6 that changes its user', 'DF-015', service('up', 'if { sudo /bin/own }\n'), ['own/up:1: sudo is used']],
  [
    'a download by a program of any path, in a script of a shell',
    'DF-016',
    run(`sh -c "$(/usr/bin/curl -fsSL ${URL})"`),
    ['sh runs what it fetches', 'the shell runs what it fetches', 'curl fetches something'],
  ],
  [
    'a download that is the program itself',
    'DF-016',
    run('$(curl -fsSL example.com) --now'),
    ['runs what it fetches', 'curl fetches something'],
  ],
  ['a download that is shown', 'DF-016', run(`echo "$(curl -fsSL ${URL})"`), ['curl fetches something']],
  ['a shell that goes into curl', 'DF-016', run(`sh /a | curl -T - ${URL}`), ['curl fetches something']],
  [
    'a check before the download',
    'DF-016',
    run(`sha256sum -c sums && curl -o a ${URL}`),
    ['Dockerfile:2: curl fetches something'],
  ],
  ['a checksum that is shown', 'DF-016', run(`curl -o a ${URL} && sha256sum a`), ['curl fetches something']],
  ['a checksum by openssl that is shown', 'DF-016', run(`curl -o a ${URL} && openssl sha256 a`), ['curl fetches']],
  ['a key that is imported', 'DF-016', run(`curl -o a ${URL} && gpg --import a`), ['curl fetches something']],
  ['a listing that only sounds like a check', 'DF-016', run(`curl -o a ${URL} && tar -V`), ['curl fetches something']],
  ['a download that checks its own parts', 'DF-016', run(`aria2c -V ${URL}`), ['aria2c fetches something']],
  ['an address that ends like an option', 'DF-016', run('wget example.com/a-h'), ['wget fetches something']],
  ['a clone behind an option', 'DF-016', run(`git --no-pager clone ${URL}`), ['git fetches something']],
  ['an extension of PECL', 'DF-016', run('pecl install redis'), ['pecl fetches something']],
  ['packages of Python', 'DF-016', run('pip install a && pip3.11 install b'), ['pip fetches', 'pip3.11 fetches']],
  ['a download by PHP', 'DF-016', run(`php -r "copy('${URL}', 'a');"`), ['php fetches something']],
  ['a download by Python without TLS', 'DF-016', run('python3 get.py http://example.com/a'), ['python3 fetches']],
  ['a directory that a RUN goes to', 'DF-017', run('pushd -n /x'), ['Dockerfile:2: RUN pushd -n /x']],
  [
    'a pipe before its shell',
    'DF-018',
    `${run('a | b')}SHELL ["/bin/bash", "-o", "pipefail", "-c"]\n`,
    [':2: RUN pipes'],
  ],
  [
    'a pipe in a shell that is changed back',
    'DF-018',
    'FROM a\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nSHELL ["/bin/sh", "-c"]\nRUN a | b\n',
    ['Dockerfile:4: RUN pipes a'],
  ],
  ['a pipe below a shell that is no array', 'DF-018', 'FROM a\nSHELL /bin/bash\nRUN a | b\n', ['RUN pipes a']],
  ['a pipe after other options', 'DF-018', run('set -e && echo pipefail | b'), ['RUN pipes echo']],
  ['a pipe of a program with those words', 'DF-018', run('echo -o pipefail | b'), ['RUN pipes echo']],
  ['a pipe after an option that is switched off', 'DF-018', run('set +o pipefail && a | b'), ['RUN pipes a']],
  [
    'everybody who may write, with options',
    'DF-020',
    run('chmod -Rv 0777 /srv'),
    ['chmod 0777 lets others write: /srv'],
  ],
  ['a file that is installed for everybody', 'DF-020', run('install -m 0666 a /b'), ['install lets others write /b']],
  ['the same without a blank', 'DF-020', run('install -m777 a /b'), ['Dockerfile:2: install lets others write /b']],
  ['a mask that takes nothing away', 'DF-020', script('umask 000'), ['own.sh:1: umask 000 lets others write']],
  ['a root of another place', 'DF-020', run('chown app /srv/rootfs/uploads'), ['/srv/rootfs/uploads, which is not']],
  ['a variable below a directory', 'DF-020', script('chmod 0777 "/opt/$1"'), ['chmod 0777 lets others write: /opt/$1']],
  [
    'a writable directory of another mode',
    'DF-020',
    script('writable 0777 /srv/uploads'),
    ['own.sh:1: the directory /srv/uploads of mode 0777'],
  ],
  ['packages of no lock', 'DF-027', run('php composer.phar update'), ['Dockerfile:2: composer update fetches']],
  ['packages with all that they bring', 'DF-027', run('composer install'), ['without --no-dev and --no-scripts']],
  ['a mode behind a remark', 'DF-020', run('chmod \\\n  # all of it\n  0777 /srv'), ['chmod 0777 lets others write']],
  ['an option behind a remark', 'DF-014', run(`curl -o a \\\n  # why\n  --insecure ${URL}`), ['does not check']],
  ['a pull in another directory', 'DF-016', run('git -C /app pull'), ['git fetches something']],
  ['a clone with a setting', 'DF-016', run(`git -c http.proxy=x clone ${URL}`), ['git fetches something']],
  ['a download whose address ends the program', 'DF-016', script(`$(curl -fsSL ${URL})`), ['the shell runs', 'curl']],
  [
    'a download for a shell that a variable names',
    'DF-016',
    run(`$shell -c "$(curl -fsSL ${URL})"`),
    ['$shell runs', 'curl'],
  ],
  ['packages of Python by its module', 'DF-016', run('python3 -m pip install x'), ['python3 fetches']],
  ['packages of Python by pipx', 'DF-016', run('pipx install x'), ['pipx fetches']],
  ['a variable of one program', 'DF-014', run(`env GIT_SSL_NO_VERIFY=1 git fetch`), ['GIT_SSL_NO_VERIFY=1']],
  ['a variable of all that follows', 'DF-014', run('export PYTHONHTTPSVERIFY=0'), ['PYTHONHTTPSVERIFY=0']],
  ['a variable of the image', 'DF-014', 'FROM a\nENV GIT_SSL_NO_VERIFY=1\n', ['Dockerfile:2: ENV GIT_SSL_NO_VERIFY=1']],
  [
    'a variable of a stage',
    'DF-014',
    'FROM a\nARG NODE_TLS_REJECT_UNAUTHORIZED=0\n',
    ['ARG NODE_TLS_REJECT_UNAUTHORIZED=0'],
  ],
  ['an option in short', 'DF-014', run(`wget --no-check-cert ${URL}`), ['wget --no-check-cert']],
  ['a mode of install, written out', 'DF-020', run('install --mode=0666 a /b'), ['install lets others write /b']],
  ['a mode of install, in letters', 'DF-020', run('install -Dm a+w a /b'), ['install lets others write /b']],
  ['an owner of install', 'DF-020', run('install -o app -g app a /b'), ['install gives to app:app: /b']],
  ['a mask in letters', 'DF-020', script('umask a=rwx'), ['umask a=rwx lets others write']],
];

it.each(REFUSED.map((row) => [row[0], row[1], row] as const))(
  '%s is refused by %s',
  (_, rule, [, , written, says, facts]) => {
    expect(found(rule, written, facts)).toEqual(saying(says));
  },
);

const SOUND: readonly SoundRow[] = [
  ['an index that packages come from', 'DF-010', run(`apt-get update && ${LEAN} a && ${LEAN} b`)],
  ['the long form of -y', 'DF-011', run('apt-get install --no-install-recommends --yes a')],
  ['the longest form of -y', 'DF-011', run('apt-get install --assume-yes --no-install-recommends a')],
  ['an installation without an index, for which another rule is', 'DF-011', run(`${LEAN} a`)],
  ['an index of apk, for which another rule is', 'DF-011', run('apk update && apk add a')],
  ['a setting instead of an option', 'DF-011', run('apt-get install -y -o APT::Install-Recommends=no a')],
  ['a setting in quotes', 'DF-011', run(`apt-get install -y -o 'APT::Install-Recommends="0";' a`)],
  ['packages that are removed', 'DF-012', run('apk del .build')],
  ['versions of a lock', 'DF-013', run('apk add a=1 b~2')],
  ['packages that are removed, of no version', 'DF-013', run('apk del a')],
  ['packages of a snapshot', 'DF-013', run('apk add a'), { packageSource: 'snapshot' }],
  ['an upgrade by apk, for which another rule is', 'DF-014', run('apk upgrade')],
  ['an archive whose files are kept', 'DF-014', run('tar -xkf a.tar')],
  ['a variable that only ends in the same way', 'DF-014', script('export PATH=/bin APP_GIT_SSL_NO_VERIFY=1')],
  ['a variable that is told', 'DF-014', script('echo GIT_SSL_NO_VERIFY=1')],
  ['a variable that leaves the check on', 'DF-014', run('NODE_TLS_REJECT_UNAUTHORIZED=1 npm ci')],
  ['a word that a source is trusted', 'DF-014', run('echo "The source is Trusted: yes"')],
  ['a label and a remark that name sudo', 'DF-015', 'FROM a\n# sudo\nLABEL note="runs without sudo ever"\n'],
  ['a remark in a service', 'DF-015', service('run', '#!/command/execlineb -P\n# sudo is not there\n/bin/own\n')],
  ['a note on services', 'DF-015', service('notes', 'Write #!/command/execlineb -P, and no sudo\n')],
  ['a list of names beside a service', 'DF-015', service('up.names', 'sudo\n')],
  ['a shell that reads a file', 'DF-016', run('sh -c "$(cat /a)"')],
  ['a client that tells its version', 'DF-016', run('curl --version && wget -V')],
  ['a signature that is verified', 'DF-016', run(`curl -o a ${URL} && gpg --verify a.asc a`)],
  ['a signature that gpgv verifies', 'DF-016', run(`curl -o a ${URL} && gpgv a.asc a`)],
  ['a digest that openssl verifies', 'DF-016', run(`curl -o a ${URL} && openssl dgst -verify k -signature s a`)],
  ['a checksum from a pipe', 'DF-016', run(`wget ${URL} && echo "x  a" | sha256sum -c`)],
  ['a checksum among short options', 'DF-016', run(`wget ${URL} && sha256sum -wc sums`)],
  ['packages of Python by their hashes', 'DF-016', run('pip install --require-hashes -r a.txt')],
  ['what Python and PECL have', 'DF-016', run('pip list && pecl list')],
  ['a setting of git', 'DF-016', run('git config --system pull.rebase false')],
  ['a word of git for another program', 'DF-016', run('make fetch')],
  [
    'a program that only ends like cd, and one that only begins so',
    'DF-017',
    run('etcd --version && cdrecord -version'),
  ],
  ['a directory of a script', 'DF-017', script('cd /srv')],
  ['a pipe that fails', 'DF-018', run('set -o pipefail && a | b')],
  ['a pipe that fails, among other options', 'DF-018', run('set -euo pipefail && a | b')],
  [
    'a pipe in a shell in which it fails',
    'DF-018',
    'FROM a\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nWORKDIR /srv\nRUN a | b\n',
  ],
  ['a RUN without a pipe', 'DF-018', run('a && b || c')],
  ['files and directories of install', 'DF-020', run('install -m 0644 a /b && install -d /c')],
  ['a file whose name goes on like its mode', 'DF-020', run('install -m 644 7zip /usr/local/bin/')],
  ['a mask that takes away', 'DF-020', script('umask 022\numask 0077')],
  [
    'a declared directory, and what is in it',
    'DF-020',
    script('chown -R app /rootfs/srv/uploads "$rootfs/srv/uploads/a"'),
  ],
  ['a path that is given', 'DF-020', script('chmod 0770 "$1"')],
  ['a declared directory of its mode', 'DF-020', script('writable 0770 /srv/uploads')],
  ['a function without its arguments', 'DF-020', script('writable')],
  ['packages of a lock', 'DF-027', run('composer --no-interaction install --no-dev --no-scripts')],
  ['packages of a lock, in short', 'DF-027', run('composer i --no-dev --no-scripts')],
  ['what fetches nothing', 'DF-027', run('composer --version && composer validate && php -v')],
  ['an option behind a remark, too', 'DF-011', run('apt-get install -y \\\n  # tools\n  --no-install-recommends a')],
  ['an installation that says less', 'DF-011', run('apt-get install -yq2 --no-install-recommends a')],
  ['an installation that says still less', 'DF-011', run('apt-get install -yqq=2 --no-install-recommends a')],
  ['a client that explains itself', 'DF-016', run('curl --help all')],
  ['a pull of something else', 'DF-016', run('git -C /app log --grep pull')],
  ['packages of Python by its module, and their hashes', 'DF-016', run('python3 -m pip install --require-hashes -r a')],
  ['a variable of the image that leaves the check on', 'DF-014', 'FROM a\nENV NODE_TLS_REJECT_UNAUTHORIZED=1\n'],
  ['files of install that belong to root', 'DF-020', run('install -o root -g 0 -m u=rw,go=r a /b')],
  ['files of install for a declared directory', 'DF-020', run('install -o app a /srv/uploads/a')],
  ['a mask in letters that takes away', 'DF-020', script('umask u=rwx,go=rx')],
  ['packages of a lock in another directory', 'DF-027', run('composer -d /app install --no-dev --no-scripts')],
  [
    'a pipe in a stage whose base has a shell in which it fails',
    'DF-018',
    'FROM a AS b\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nFROM B\nRUN a | b\n',
  ],
];

it.each(SOUND.map((row) => [row[0], row[1], row] as const))('%s passes %s', (_, rule, [, , written, facts]) => {
  expect(found(rule, written, facts)).toEqual([]);
});

it('no more packages are told of than there are', () => {
  expect(found('DF-013', run('apk add a b c'))).toEqual([expect.stringMatching(/ a, b, c$/)]);
});
