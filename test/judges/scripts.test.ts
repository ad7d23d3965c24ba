import { ImageConstruct, Testing } from '../../src';
import { applicationFiles } from './support/applications';
import { describeWithJudge, Judge, type Verdict } from './support/judge';
import { distinct, manifestImages, readContext, referenceSubjects, type Context } from './support/output';

const EXECLINEB = '/usr/bin/execlineb';
const SHELL = '/usr/bin/dash';
const SHELLCHECK = '/usr/bin/shellcheck';

/** Where programs of execline, s6 and the system lie on a judge. */
const PROGRAM_DIRS = ['/usr/lib/execline/bin', '/usr/bin', '/bin'];

/** Services of a person, on both sources of s6, with every kind of word. */
function personsSubjects(): Array<{ name: string; context: Context }> {
  return (['overlay', 'distribution'] as const).map((source) => {
    const app = Testing.app();
    const image = new ImageConstruct(app, `services-${source}`, { php: '8.4', platform: 'debian', s6: { source } });
    image.addOneShot({ name: 'migrate', command: ['/usr/bin/php', 'artisan', 'migrate', '--force'] });
    image.addOneShot({ name: 'odd', command: ['/usr/bin/php', '-r', 'echo 1; {warm} # up', '', '}', '{'] });
    image.addLongRun({
      name: 'queue',
      command: ['/usr/bin/php', 'artisan', 'queue:work', '--name=a b', '#1', '{}'],
      environment: { QUEUE: 'one two', EMPTY: '', BRACE: '}' },
      readiness: ['/usr/bin/php', '-r', 'exit(0);'],
      dependsOn: ['nginx'],
    });
    image.addBuildStep({ name: 'links', script: 'ln -s /data "$rootfs/var/www/html/storage"\n' });
    const { paths, file } = Testing.synth(app);
    const prefix = `services-${source}/amd64/`;
    return {
      name: `services-${source}`,
      context: new Map(
        paths.filter((path) => path.startsWith(prefix)).map((path) => [path.slice(prefix.length), file(path)]),
      ),
    };
  });
}

const subjects = [...referenceSubjects(), ...personsSubjects()];

const texts = distinct([
  ...subjects.flatMap(({ name, context }) => [...context].map(([path, text]) => [`${name}/${path}`, text] as const)),
  ...applicationFiles(/\/amd64\/scripts\/.*\.sh$/),
]);
const execline = texts.filter(({ text }) => /^#!\S*\/execlineb\b/.test(text));
const oneShots = texts.filter(({ places }) => places.some((place) => /\/s6-rc\.d\/[^/]+\/up$/.test(place)));
const shell = texts.filter(
  ({ text, places }) => /^#!\/bin\/sh\b/.test(text) || places.some((place) => place.endsWith('.sh')),
);

/** execlineb parses the whole script before it runs the first command, which here is `exit`. */
function parse(judge: Judge, script: string): Verdict {
  const [, options = '-P'] = /^#!\S+ (\S+)\n/.exec(script) ?? [];
  const body = script.replace(/^#!.*\n/, '');
  return judge.withFiles(
    () => [['script', `exit 0\n${body}`]],
    (directory) => judge.run(EXECLINEB, [options, `${directory}/script`]),
  );
}

/** The word at the start of each line, and of each block that is open on it. */
function commands(script: string): string[] {
  const lines = script.split('\n').filter((line) => line !== '' && !line.startsWith('#') && !/^\s*\}$/.test(line));
  return lines.flatMap((line) => {
    const words = line
      .replace(/"[^"]*"/g, 'quoted')
      .trim()
      .split(' ');
    return words.filter((word, index) => word !== '{' && word !== '}' && (index === 0 || words[index - 1] === '{'));
  });
}

/** Programs of the image itself, and what a substitution leaves. */
const OF_THE_IMAGE = /^(?:\/usr\/s?bin\/(?:nginx|php|php-fpm)[\d.]*|\/etc\/s6\/await-ready|\$@)$/;

describe.each([Judge.host, Judge.trixie])('$name', (judge) => {
  describeWithJudge('execlineb', judge.lacks(EXECLINEB), () => {
    it.each(execline.map(({ places, text }) => [places[0]!, text]))('parses %s', (_, text) => {
      expect(parse(judge, text!)).toEqual({ status: 0, stdout: '', stderr: '' });
    });

    it.each(oneShots.map(({ places, text }) => [places[0]!, text]))(
      'parses %s, which is one command line',
      (_, text) => {
        expect(parse(judge, `#!${EXECLINEB} -P\n${text}`)).toEqual({ status: 0, stdout: '', stderr: '' });
      },
    );

    it('refuses a brace or a quote that is never closed, though it comes after the end', () => {
      expect(parse(judge, '#!/usr/bin/execlineb -P\nforeground { echo\n').status).not.toBe(0);
      expect(parse(judge, '#!/usr/bin/execlineb -P\nforeground } echo\n').status).not.toBe(0);
      expect(parse(judge, '#!/usr/bin/execlineb -P\necho "one\n').status).not.toBe(0);
    });

    it('has every program with which a line or a block begins, those of the image apart', () => {
      const used = [...new Set(execline.flatMap(({ text }) => commands(text)))].filter(
        (word) => !OF_THE_IMAGE.test(word),
      );
      const absent = used.filter(
        (word) =>
          !(word.startsWith('/') ? [word] : PROGRAM_DIRS.map((dir) => `${dir}/${word}`)).some((path) =>
            judge.has(path),
          ),
      );
      expect(used).toEqual(expect.arrayContaining(['foreground', 's6-notifyoncheck', 's6-svscanctl']));
      expect(absent).toEqual([]);
    });

    it('gives a service its words as a person wrote them', () => {
      // GIVEN the last line of the worker's script, with a program that shows its arguments
      const queue = execline.find(({ places }) =>
        places.some((place) => place.includes('services-overlay') && place.endsWith('/queue/run')),
      )!;
      const line = queue.text.trimEnd().split('\n').at(-1)!.replace('/usr/bin/php', '/usr/bin/printf [%s]');
      // WHEN
      const { stdout } = judge.run(EXECLINEB, ['-Pc', line]);
      // THEN
      expect(stdout).toBe('[artisan][queue:work][--name=a b][#1][{}]');
    });
  });

  describeWithJudge('dash', judge.lacks(SHELL), () => {
    it.each(shell.map(({ places, text }) => [places[0]!, text]))('parses %s', (_, text) => {
      const verdict = judge.withFiles(
        () => [['script.sh', text!]],
        (directory) => judge.run(SHELL, ['-n', `${directory}/script.sh`]),
      );
      expect(verdict).toEqual({ status: 0, stdout: '', stderr: '' });
    });
  });
});

describe('Debian trixie', () => {
  /** A script as it runs: what it reads by `.` stands in it, for both are one program; a build step is given $rootfs. */
  function programs(): Array<[path: string, text: string]> {
    const whole = subjects.flatMap(({ name, context }) =>
      [...context]
        .filter(([path, text]) => shell.some((item) => item.text === text) && !path.endsWith('scripts/rootfs.sh'))
        .map(([path, text]): [string, string] => [
          `${name}/${path}`,
          text.replace('. "$context/scripts/rootfs.sh"\n', () =>
            context.get('scripts/rootfs.sh')!.replace(/^#!.*\n/, ''),
          ),
        ])
        .map(([path, text]): [string, string] => [path, path.includes('/steps/') ? `rootfs=/rootfs\n${text}` : text]),
    );
    return distinct(whole).map(({ places, text }) => [places[0]!, text]);
  }

  describeWithJudge('ShellCheck', Judge.trixie.lacks(SHELLCHECK), () => {
    it('has no finding above info on any script', () => {
      const all = programs().map(([path, text], index) => [`${index}/${path}`, text] as const);
      const { stdout, stderr } = Judge.trixie.withFiles(
        () => all,
        (directory) =>
          Judge.trixie.run(SHELLCHECK, [
            '--shell=sh',
            '--severity=warning',
            '--format=gcc',
            ...all.map(([path]) => `${directory}/${path}`),
          ]),
      );
      expect(`${stdout}${stderr}`).toBe('');
    });

    it('finds what is wrong with a script that is wrong', () => {
      const { status, stdout } = Judge.trixie.run(
        SHELLCHECK,
        ['--shell=sh', '--severity=warning', '-'],
        '#!/bin/sh\nlocal x=1\necho "$undefined_name" [[ -n "$x" ]]\n',
      );
      expect(status).toBe(1);
      expect(stdout).toContain('SC2154');
    });
  });
});

test('every file of the reference matrix that is a program is judged here', () => {
  const programs = manifestImages().flatMap(([name]) =>
    [...readContext(name, 'amd64')].filter(([, text]) => text.startsWith('#!')),
  );
  const judged = new Set([...execline, ...shell].map(({ text }) => text));
  expect(programs.filter(([, text]) => !judged.has(text)).map(([path]) => path)).toEqual([]);
});
