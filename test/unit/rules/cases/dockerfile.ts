import { above, instead, ownPart, ownPlatform } from './own-ways';
import { rawText, soundImage, type BreakingCase } from '../support';

const LAST = /^ENV PATH/m;
const CHECKSUM = 'a'.repeat(64);
const APT = 'apt-get install -y --no-install-recommends';

export const DOCKERFILE_CASES: readonly BreakingCase[] = [
  rawText('DF-001', 'Dockerfile', (text) => `${text}USER root\n`, {
    story: 'a USER root is put at the end',
    says: 'USER is root, not two numbers',
  }),
  instead('DF-001', /^USER .*\n/m, '', { story: 'USER is taken out', says: 'so the image runs as root' }),
  instead('DF-001', /^USER .*$/m, 'USER 33:33', {
    story: 'USER is that of www-data',
    says: 'USER is 33:33, but the manifest says 10001:10001',
  }),
  ownPart('DF-002', (part) => part.addEnvironment('DB_PASSWORD_FILE', '/run/secrets/db'), {
    story: 'a variable has the name of a secret, though it is a path',
    says: 'ENV DB_PASSWORD_FILE has the name of a secret',
  }),
  ownPart('DF-002', (part) => part.addEnvironment('DATABASE', 'mysql://app:hunter2@db/app'), {
    story: 'a variable of another name has a password in it',
    says: 'has an address with its password as its value',
  }),
  ownPart('DF-002', (part) => part.addEnvironment('SENTRY', 'Zk3vQ9xWb7Lr2TnY5sHd8Pc'), {
    story: 'a variable has a value drawn by chance',
    says: 'has a value that looks drawn by chance',
  }),
  above('DF-002', /^RUN .*apt-get/m, 'ARG \\\n  NPM_TOKEN', {
    story: 'a build argument takes a token',
    says: 'ARG NPM_TOKEN has the name of a secret',
  }),
  above('DF-003', LAST, 'add config /etc/app', { story: 'ADD copies files', says: 'ADD in the last stage' }),
  above('DF-003', /^RUN .*apt-get/m, 'ADD https://example.com/tool.tar.gz /tmp/', {
    story: 'a download has no checksum',
    says: 'has no checksum',
  }),
  above('DF-003', /^RUN .*apt-get/m, `ADD --checksum=sha256:${CHECKSUM} http://example.com/tool.tar.gz /tmp/`, {
    story: 'a download comes without TLS',
    says: 'is not a download over https',
  }),
  instead('DF-004', /^ENTRYPOINT .*$/m, 'ENTRYPOINT /etc/s6/init', {
    story: 'ENTRYPOINT is plain text',
    says: 'ENTRYPOINT /etc/s6/init is run by a shell',
  }),
  instead('DF-004', /CMD \[.*\]/, 'CMD /usr/bin/php -n /usr/local/lib/healthcheck.php', {
    story: 'HEALTHCHECK is plain text',
    says: 'is run by a shell',
  }),
  above('DF-005', /^ENTRYPOINT/m, 'ENTRYPOINT ["/bin/true"]', {
    story: 'there are two entry points',
    says: 'ENTRYPOINT stands in its stage again',
  }),
  above('DF-006', /^ENTRYPOINT/m, 'HEALTHCHECK NONE', {
    story: 'the health check is switched off further down',
    says: 'the image has no HEALTHCHECK',
  }),
  instead('DF-006', /CMD \[.*\]/, 'CMD ["/bin/sh", "-c", "curl -f http://127.0.0.1:8080/ping"]', {
    story: 'the health check needs curl',
    says: 'HEALTHCHECK needs curl',
  }),
  instead('DF-006', ' --retries=3', '', { story: 'the tries are left out', says: 'does not set --retries' }),
  ownPart('DF-007', (part) => part.addPort(9000), {
    story: 'the port of PHP-FPM is opened',
    says: '9000 is the port of PHP-FPM',
  }),
  instead('DF-007', 'EXPOSE 8080/tcp', 'EXPOSE 8080/tcp 8443', {
    story: 'a port is added that nobody declared',
    says: 'EXPOSE 8443 is not a declared port',
  }),
  rawText('DF-007', 'nginx.conf', (text) => text.replace('listen 8080 default_server;', '$& listen [::]:8444;'), {
    story: 'nginx listens on another port',
    says: 'nginx listens on the port 8444',
  }),
  instead('DF-008', '8080/tcp', '8080/TCP', { story: 'the protocol is in capitals', says: 'EXPOSE 8080/TCP' }),
  instead('DF-009', 'WORKDIR /var/www/html', 'WORKDIR "/var/www/../../etc"', {
    story: 'the directory of the system is reached by a detour',
    says: 'is a directory of the system',
  }),
  instead('DF-009', 'WORKDIR /var/www/html', 'WORKDIR html', {
    story: 'the path is relative',
    says: 'is not an absolute path',
  }),
  instead('DF-009', /^WORKDIR .*\n/m, '', { story: 'WORKDIR is taken out', says: 'the image has no WORKDIR' }),
  instead('DF-010', /RUN .*apt-get update \\\n {2}&& /, 'RUN apt-get update\nRUN ', {
    story: 'the index has a layer of its own',
    says: 'apt-get update without an installation after it',
  }),
  ownPart('DF-010', (part) => part.addBuildStep({ name: 'late', script: `${APT} less\n` }), {
    story: 'a build step installs from an index that is gone',
    says: 'apt-get install without an update before it',
  }),
  instead('DF-011', '--no-install-recommends', '--quiet', {
    story: 'recommended packages come too',
    says: '--no-install-recommends',
  }),
  instead('DF-011', /\s\\\n {2}&& rm -rf \/var\/lib\/apt\/lists\/\*/, '', {
    story: 'the lists stay',
    says: 'the lists of apt are left behind',
  }),
  instead('DF-011', 'apt-get install', '/usr/bin/apt install', {
    story: 'apt is used',
    says: 'the program for scripts is apt-get',
  }),
  instead('DF-012', '--no-cache ', '', {
    story: 'apk keeps its index',
    says: 'apk add without --no-cache',
    props: { platform: 'alpine' },
  }),
  instead('DF-012', 'RUN apk', 'RUN apk -U upgrade && apk', {
    story: 'the base is upgraded',
    says: 'apk upgrade',
    props: { platform: 'alpine' },
  }),
  instead('DF-014', 'apt-get update', 'apt-get update && apt-get -y dist-upgrade', {
    story: 'the whole base is upgraded',
    says: 'apt-get dist-upgrade',
  }),
  instead('DF-014', '-y --no-install-recommends', '-y \\\n  --allow-unauthenticated --no-install-recommends', {
    story: 'signatures are not asked for',
    says: 'apt-get --allow-unauthenticated',
  }),
  ownPart(
    'DF-014',
    (part) => part.addBuildStep({ name: 'ca', script: 'curl -fsSLk https://example.com/ca.crt -o /tmp/ca\n' }),
    {
      story: 'curl does not look at the certificate, among other options',
      says: 'curl does not check the certificate',
    },
  ),
  ownPart(
    'DF-014',
    (part) =>
      part.addBuildStep({
        name: 'repository',
        script: 'cat >/etc/apt/sources.list.d/own.list <<EOF\ndeb [trusted=yes] https://example.com/ ./\nEOF\n',
      }),
    { story: 'a repository is trusted without a key', says: 'a repository is trusted without its key' },
  ),
  ownPart(
    'DF-014',
    (part) => part.addBuildStep({ name: 'code', script: 'export GIT_SSL_NO_VERIFY=1\ngit ls-remote origin\n' }),
    { story: 'git looks at no certificate from then on', says: 'GIT_SSL_NO_VERIFY=1' },
  ),
  instead('DF-015', 'ENTRYPOINT ["', 'ENTRYPOINT ["/usr/bin/sudo", "', {
    story: 'the entry point is started by sudo',
    says: 'sudo is used',
  }),
  instead('DF-015', 'sh /context', 'env A=b sudo sh /context', {
    story: 'sudo stands behind env',
    says: 'sudo is used',
  }),
  ownPart('DF-015', (part) => part.addLongRun({ name: 'worker', command: ['/usr/sbin/gosu', 'app', '/bin/true'] }), {
    story: 'a service changes its user',
    says: 'gosu is used',
  }),
  ownPart(
    'DF-016',
    (part) =>
      part.addBuildStep({ name: 'tool', script: 'wget -qO- https://example.com/install |\n  tee log | bash -s --\n' }),
    {
      story: 'a download is piped into a shell, with something in between',
      says: 'wget goes straight into bash',
    },
  ),
  ownPart(
    'DF-016',
    (part) => part.addBuildStep({ name: 'tool', script: 'sh -c "$(curl -fsSL https://example.com/install)"\n' }),
    {
      story: 'a download is the script of a shell',
      says: 'sh runs what it fetches',
    },
  ),
  above('DF-016', /^RUN .*apt-get/m, 'RUN <<EOF\ncurl -o /tmp/a https://example.com/a\ntar xf /tmp/a\nEOF', {
    story: 'a here-document fetches without a check',
    says: 'curl fetches something, and nothing checks it',
  }),
  ownPart(
    'DF-016',
    (part) => part.addBuildStep({ name: 'code', script: 'git clone https://example.com/app.git "$rootfs/app"\n' }),
    {
      story: 'code is cloned',
      says: 'git fetches something',
    },
  ),
  ownPart(
    'DF-016',
    (part) =>
      part.addBuildStep({
        name: 'composer',
        script: `php -r "copy('https://getcomposer.org/installer', '/tmp/a');"\n`,
      }),
    { story: 'PHP fetches the installer of Composer', says: 'php fetches something' },
  ),
  instead('DF-017', /RUN .*apt-get update/, 'RUN cd /tmp && apt-get update', {
    story: 'a RUN changes its directory',
    says: 'RUN cd /tmp',
  }),
  instead('DF-018', /RUN .*apt-get update/, 'RUN cat /etc/os-release | grep -q trixie && apt-get update', {
    story: 'a RUN has a pipe',
    says: 'RUN pipes cat without pipefail',
  }),
  instead('DF-019', 'COPY --from=assemble', 'COPY --from=docker.io/library/alpine:3', {
    story: 'files are copied from an image of elsewhere',
    says: 'which is no earlier stage',
  }),
  instead('DF-019', '--mount=type=bind,target=/context', '--mount=type=bind,from=alpine,target=/tools $&', {
    story: 'an image of elsewhere is mounted',
    says: 'RUN takes from alpine',
  }),
  instead('DF-019', '/rootfs/ /', '/ /', { story: 'a whole system is copied', says: 'COPY takes a whole system' }),
  ownPlatform('DF-019', (stages) => [stages[0]!, { ...stages[1]!, name: 'base' }, ...stages.slice(1)], {
    story: 'two stages have one name',
    says: 'two stages are named base',
  }),
  above('DF-020', LAST, 'COPY config /etc/app/', {
    story: 'files are copied with the owner and the modes of whoever builds',
    says: 'belong to nobody in particular, not to 0:0',
  }),
  above('DF-020', LAST, 'COPY --chown=0:0 --chmod=0666 nginx.conf /etc/app/', {
    story: 'everybody may write what is copied',
    says: '--chmod=0666 lets others write',
  }),
  ownPart(
    'DF-020',
    (part) => part.addBuildStep({ name: 'own', script: 'chown -R www-data "$rootfs/var/www/html"\n' }),
    {
      story: 'the code is given to the server',
      says: 'chown gives to www-data: /var/www/html',
    },
  ),
  ownPart(
    'DF-020',
    (part) => part.addBuildStep({ name: 'own', script: 'find "$rootfs/srv" -type d -exec chmod a+rwX {} +\n' }),
    {
      story: 'everybody may write',
      says: 'chmod a+rwX lets others write',
    },
  ),
  ownPart(
    'DF-020',
    (part) => part.addBuildStep({ name: 'own', script: 'install -m 0666 /dev/null "$rootfs/etc/app.ini"\n' }),
    {
      story: 'a file is installed that everybody may write',
      says: 'install lets others write $rootfs/etc/app.ini',
    },
  ),
  rawText(
    'DF-020',
    'scripts/assemble.sh',
    (text) => text.replace('writable 1777 /tmp', '$&\nwritable 0770 /var/www/html'),
    {
      story: 'a directory is made writable that was not declared',
      says: 'the directory /var/www/html of mode 0770 is not declared',
    },
  ),
  above('DF-021', /^RUN .*apt-get/m, 'COPY --chown=0:0 --chmod=0644 nginx.conf php-fpm.conf /tmp', {
    story: 'two files are copied to one name',
    says: 'does not end with a slash',
  }),
  above('DF-022', LAST, 'MAINTAINER me', {
    story: 'an instruction is of old',
    says: 'MAINTAINER is no instruction of today',
  }),
  above('DF-022', LAST, 'ENV APP_ENV production', { story: 'ENV is of old', says: 'is not written as NAME=value' }),
  above('DF-022', LAST, 'ENV APP_HOME="${HOME}/app"', {
    story: 'a variable is used that nothing sets',
    says: 'ENV uses $HOME, which nothing above sets',
  }),
  instead('DF-022', 'FROM scratch', 'from scratch', {
    story: 'an instruction is not in capitals',
    says: 'from is not in capitals',
  }),
  above('DF-023', /^EXPOSE/m, 'VOLUME ["/var/www/html"]', {
    story: 'the code becomes a volume',
    says: 'VOLUME ["/var/www/html"]',
  }),
  instead('DF-024', '# check=error=true', '# check=skip=all', {
    story: 'the checks are skipped',
    says: '# check=skip=all switches checks off',
  }),
  above('DF-024', LAST, '# hadolint ignore=DL3002', { story: 'a judge is silenced', says: 'silences a judge' }),
  rawText('DF-025', 'Dockerfile', (text) => `# syntax=docker/dockerfile:1\n${text}`, {
    story: 'a frontend is fetched',
    says: 'the frontend docker/dockerfile:1 is not pinned by its digest',
  }),
  instead('DF-026', 'STOPSIGNAL SIGTERM', 'STOPSIGNAL SIGQUIT', {
    story: 'the signal is that of nginx',
    says: 'STOPSIGNAL is SIGQUIT, not SIGTERM',
  }),
  instead('DF-026', /^STOPSIGNAL .*\n/m, '', { story: 'STOPSIGNAL is taken out', says: 'STOPSIGNAL is absent' }),
  {
    rule: 'DF-007',
    by: 'a prop',
    story: 'nginx gets the port of SSH',
    says: '22 is the port of SSH',
    build: (app) => soundImage(app, { nginx: { port: 22 } }),
  },
  ownPart(
    'DF-027',
    (part) =>
      part.addBuildStep({ name: 'packages', script: 'composer update --no-dev --no-scripts -d "$rootfs/app"\n' }),
    {
      story: 'Composer resolves packages in the build',
      says: 'composer update fetches what no lock names',
    },
  ),
  ownPart(
    'DF-027',
    (part) =>
      part.addBuildStep({ name: 'packages', script: 'php8.4 -d x=1 /opt/composer.phar install --no-dev -d /app\n' }),
    {
      story: 'Composer runs the scripts of packages',
      says: 'composer install without --no-scripts',
    },
  ),
  ownPart(
    'DF-027',
    (part) =>
      part.addBuildStep({
        name: 'packages',
        script: 'composer install --no-dev --no-scripts --ignore-platform-reqs\n',
      }),
    {
      story: 'Composer does not look at the PHP that is there',
      says: 'composer --ignore-platform-reqs',
    },
  ),
];
