import fc from 'fast-check';
import { describeWithJudge, Judge } from './support/judge';
import { complaints, judgeNginx, NGINX, OPENSSL } from './support/nginx-judge';
import type { Context } from './support/output';
import { ImageConstruct, Testing, type ImageProps } from '../../src';
import { hostileText, imageProps } from '../property/configurations';
import { attempt } from '../property/judge';

/** Configurations that the real programs read in each run: they take longer than our parsers. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 2000) / 20;

const PHP = '/usr/bin/php8.4';

/** Contexts of random configurations that were not refused, by the path of the file in the context. */
function contextsOf(arbitrary: fc.Arbitrary<ImageProps>, count: number): Context[] {
  return fc.sample(arbitrary, count).flatMap((props) => {
    const app = Testing.app();
    new ImageConstruct(app, 'shop', { ...props, architectures: ['amd64'] });
    const result = attempt(app);
    return result instanceof Error
      ? []
      : [new Map(result.paths.map((path) => [path.replace(/^shop\/(?:amd64\/)?/, ''), result.file(path)]))];
  });
}

/** Text of the characters that ini files and nginx give a meaning to. */
const trickyText = fc.stringMatching(/^[A-Za-z0-9 =&|!()~^,.:/_*#@%?<>+-]{1,24}$/);

/** A text as the value of a header and of a setting of PHP. */
function propsWith(text: string): ImageProps {
  return {
    platform: 'debian',
    php: { version: '8.4', ini: { default_mimetype: text } },
    nginx: { headers: { 'X-Mine': text } },
  };
}

describeWithJudge(
  'nginx 1.30, asked about random configurations',
  Judge.forky.lacks(NGINX) ?? Judge.host.lacks(OPENSSL),
  () => {
    it('accepts each that was not refused, without a word', () => {
      // GIVEN
      const contexts = [...contextsOf(imageProps, RUNS), ...contextsOf(trickyText.map(propsWith), RUNS / 2)];
      expect(contexts.length).toBeGreaterThan(RUNS / 2);
      // THEN
      for (const context of contexts) {
        const said = complaints(judgeNginx(Judge.forky, context)).filter((line) => !line.includes('listen ... http2'));
        expect({ said, config: said.length > 0 ? context.get('nginx.conf') : '' }).toEqual({ said: [], config: '' });
      }
    }, 120_000);
  },
);

describeWithJudge('PHP 8.4, asked about hostile text in php.ini', Judge.trixie.lacks(PHP), () => {
  it('reads the text itself, or never sees it', () => {
    // GIVEN every text that was not refused
    const texts = [...fc.sample(hostileText, RUNS * 5), ...fc.sample(trickyText, RUNS * 5)];
    const cases = texts.flatMap((given) =>
      contextsOf(fc.constant(propsWith(given)), 1).map((context) => ({ given, ini: context.get('config/php.ini')! })),
    );
    expect(cases.length).toBeGreaterThan(RUNS);
    // WHEN one PHP reads them all
    const seen = Judge.trixie.withFiles(
      () => [
        ['cases.json', JSON.stringify(cases.map(({ ini }) => ini))],
        [
          'read.php',
          '<?php echo json_encode(array_map("parse_ini_string", json_decode(file_get_contents($argv[1]))));',
        ],
      ],
      (directory) => Judge.trixie.run(PHP, ['-n', `${directory}/read.php`, `${directory}/cases.json`]),
    );
    expect(seen.stderr).toBe('');
    const settings = JSON.parse(seen.stdout) as Array<Record<string, string>>;
    // THEN
    const names = Object.keys(settings[0]!);
    cases.forEach(({ given }, index) => {
      expect(settings[index]!.default_mimetype).toBe(given);
      expect(Object.keys(settings[index]!)).toEqual(names);
    });
  }, 120_000);
});
