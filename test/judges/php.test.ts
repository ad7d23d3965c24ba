import { compareVersions, describeWithJudge, Judge, type Verdict } from './support/judge';
import { distinct, referenceSubjects, type DistinctText, type Subject } from './support/output';
import { INI_AS_PHP_SEES_IT, variantSubjects } from './support/variants';

interface PhpJudge {
  readonly judge: Judge;
  /** `8.4` */
  readonly version: string;
  readonly fpm: string;
  readonly cli: string;
}

const JUDGES: readonly PhpJudge[] = [
  { judge: Judge.host, version: '8.2', fpm: '/usr/sbin/php-fpm8.2', cli: '/usr/bin/php8.2' },
  { judge: Judge.trixie, version: '8.4', fpm: '/usr/sbin/php-fpm8.4', cli: '/usr/bin/php8.4' },
];

/** Settings that name a log: it is a file of the test instead, which has to stay empty. */
const LOG = /^(error_log|php_admin_value\[error_log\]) = \/\S+$/gm;
const LISTEN = /^listen = \/\S+$/m;

const subjects = [...referenceSubjects(), ...variantSubjects()];

function lacking({ judge, fpm, cli }: PhpJudge): string | undefined {
  return judge.lacks(fpm) ?? judge.lacks(cli);
}

/** `php-fpm -t` with the php.ini of the image. */
function testPool({ judge, fpm }: PhpJudge, pool: string, ini: string): Verdict {
  return judge.withFiles(
    (directory) => [
      [
        'php-fpm.conf',
        pool
          .replace(LOG, `$1 = ${directory}/error.log`)
          .replace(LISTEN, `listen = ${directory}/fpm.sock`)
          .replace('/run/php-fpm.d/*.conf', `${directory}/runtime*.conf`),
      ],
      ['runtime.conf', RUNTIME],
      ['php.ini', ini],
    ],
    (directory) => judge.run(fpm, ['-t', '-y', `${directory}/php-fpm.conf`, '-c', `${directory}/php.ini`]),
  );
}

/** What configure.php writes at the start of a container. */
const RUNTIME = '[www]\npm.max_children = 4\nphp_value[memory_limit] = 96M\n';

/** Runs PHP code under a php.ini, which is also its first argument. What PHP logs follows on stderr. */
function runUnder({ judge, cli }: PhpJudge, ini: string, code: string): Verdict {
  return judge.withFiles(
    () => [
      // Without a log of its own the command line logs to stderr, as it does to /dev/stderr in the image.
      ['php.ini', ini.replace(LOG, '')],
      ['code.php', `<?php ${code}`],
    ],
    (directory) => judge.run(cli, ['-c', `${directory}/php.ini`, `${directory}/code.php`, `${directory}/php.ini`]),
  );
}

function answerUnder<T>(php: PhpJudge, ini: string, expression: string): T {
  const { stdout, stderr } = runUnder(php, ini, `echo json_encode(${expression}, JSON_THROW_ON_ERROR);`);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as T;
}

function iniFiles(which: readonly Subject[]): Array<[places: string, ini: string]> {
  const texts = which.flatMap(({ name, context }) =>
    ['config/php.ini', 'config/php-cli.ini'].map((path) => [`${path} of ${name}`, context.get(path)!] as const),
  );
  return distinct(texts).map(titled);
}

function titled({ text, places }: DistinctText): [places: string, text: string] {
  return [places.length === 1 ? places[0]! : `${places[0]!} and ${places.length - 1} like it`, text];
}

/** `name = value` lines, read without PHP. */
function settings(ini: string): Array<[name: string, value: string]> {
  return ini
    .split('\n')
    .map((line) => /^([^;=[\]]+?) = (.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, name, value]) => [name!, value!.replace(/^"(.*)"$/, '$1')]);
}

/** Settings that PHP's command line sets itself, whatever php.ini says, or that only PHP-FPM knows. */
const OF_THE_COMMAND_LINE = [
  'html_errors',
  'max_execution_time',
  'max_input_time',
  'output_buffering',
  'error_log',
  'cgi.fix_pathinfo',
];

/** Debian's opcache.ini overrides php.ini with `opcache.jit=off`; the pool decides. */
const OF_THE_POOL = ['opcache.jit'];

/** A value of php.ini as `ini_get` tells it. */
function asPhpSees([name, value]: [string, string]): [string, string] {
  if (name === 'error_reporting') {
    return [name, INI_AS_PHP_SEES_IT[name]!];
  }
  return [name, value === 'On' ? '1' : value === 'Off' ? '' : value];
}

describe.each(JUDGES)('PHP $version of $judge.name', (php) => {
  const notNewer = subjects.filter((subject) => compareVersions(php.version, subject.php) >= 0);
  const same = notNewer.filter((subject) => subject.php === php.version);
  const pools = distinct(
    notNewer.map(({ name, context }) => [name, `${context.get('php-fpm.conf')}\0${context.get('config/php.ini')}`]),
  ).map(titled);

  describeWithJudge('as a user without privileges', lacking(php), () => {
    it.each(pools)('php-fpm -t accepts the pool of %s without a warning', (_, text) => {
      const [pool, ini] = text.split('\0');
      const { status, stderr, stdout } = testPool(php, pool!, ini!);
      const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line !== '');
      expect(lines.filter((line) => !/NOTICE: configuration file \S+ test is successful$/.test(line))).toEqual([]);
      expect(status).toBe(0);
    });

    it.each(iniFiles(same))('PHP starts under %s without a warning or a deprecation', (_, ini) => {
      const { status, stdout, stderr } = runUnder(php, ini, 'phpinfo(INFO_CONFIGURATION);');
      expect(stderr).toBe('');
      expect(stdout).not.toMatch(/^(?:PHP )?(?:Warning|Deprecated|Notice|Fatal error)/m);
      expect(status).toBe(0);
    });

    it.each(iniFiles(same))('PHP knows every setting of %s and takes it as it is written', (_, ini) => {
      // WHEN
      const values = answerUnder<Record<string, string | null>>(php, ini, 'ini_get_all(null, false)');
      // THEN
      const asked = settings(ini).filter(([name]) => ![...OF_THE_COMMAND_LINE, ...OF_THE_POOL].includes(name));
      const seen = asked.map(([name]) => [name, name in values ? (values[name] ?? '') : 'unknown to PHP']);
      expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(asked.map(asPhpSees)));
    });

    it.each(iniFiles(notNewer))('parse_ini_file finds every setting of %s, once', (_, ini) => {
      const found = answerUnder<Record<string, string>>(php, ini, 'parse_ini_file($argv[1], false, INI_SCANNER_RAW)');
      const written = settings(ini.replace(LOG, ''));
      expect(found).toEqual(Object.fromEntries(written));
      expect(Object.keys(found)).toHaveLength(written.length);
    });

    it('arrives at the values that images.ts gave, whatever the ini scanner thinks of their text', () => {
      const files = iniFiles(same.filter(({ name }) => name.startsWith('ini-')));
      expect(files).toHaveLength(2);
      for (const [, ini] of files) {
        const values = answerUnder<Record<string, string>>(php, ini, 'ini_get_all(null, false)');
        expect(values).toMatchObject(INI_AS_PHP_SEES_IT);
      }
    });

    it('complains of a pool that does not hold and of a php.ini that PHP does not understand', () => {
      // GIVEN
      const [, text] = pools[0]!;
      const [pool, ini] = text.split('\0');
      // THEN
      expect(testPool(php, pool!.replace(/^pm = .*$/m, 'pm = sometimes'), ini!).status).not.toBe(0);
      expect(testPool(php, `${pool}\nno_such_setting = 1\n`, ini!).status).not.toBe(0);
      const { stdout, stderr } = runUnder(php, 'memory_limit = "128M', 'echo 1;');
      expect(stdout + stderr).toContain('syntax error');
    });
  });
});

describe('the just-in-time compiler', () => {
  it('is switched on where Debian cannot switch it off again: in the pool', () => {
    const pools = subjects
      .filter(({ name }) => name.startsWith('jit-'))
      .map(({ context }) => context.get('php-fpm.conf'));
    expect(pools.length).toBeGreaterThan(0);
    expect(pools.filter((pool) => !pool!.includes('\nphp_admin_value[opcache.jit] = tracing\n'))).toEqual([]);
  });
});

describe('PHP 8.4 of Debian trixie', () => {
  const [, php] = JUDGES;

  describeWithJudge('on what it deprecates', lacking(php!), () => {
    it('prints a deprecation for a setting that an older PHP takes in silence', () => {
      const { stderr } = runUnder(php!, 'log_errors = On\nsession.sid_length = 48\n', 'echo 1;');
      expect(stderr).toContain('Deprecated');
    });
  });
});

describe('the judges of PHP together', () => {
  it('leave unjudged, for want of a newer PHP in Debian, the images of PHP 8.5 alone', () => {
    const versions = [...new Set(subjects.map(({ php }) => php))];
    expect(versions.filter((version) => JUDGES.every((judge) => compareVersions(judge.version, version) < 0))).toEqual([
      '8.5',
    ]);
  });
});
