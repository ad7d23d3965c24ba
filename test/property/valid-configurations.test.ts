import fc from 'fast-check';
import { imageProps, nginxOptions } from './configurations';
import { attempt, instructionsOf, isClear, nginxDirectives } from './judge';
import { Catalog, DockerfileGeneratorError, ImageConstruct, Testing } from '../../src';
import { byVersion } from '../../src/catalog';

/** Random configurations in each run; a nightly one asks for more. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 2000);

test('a random configuration gives a context that parsers accept, or an error that says where and what to do', () => {
  let valid = 0;
  let runs = 0;
  fc.assert(
    fc.property(imageProps, (props) => {
      // GIVEN
      const app = Testing.app();
      new ImageConstruct(app, 'shop', props);
      runs++;
      // WHEN
      const result = attempt(app);
      // THEN
      if (result instanceof DockerfileGeneratorError) {
        // What options can say never gets as far as the rules: they would judge files that nobody can mend.
        return isClear(result, 'shop') && result.type === 'VALIDATION_ERROR';
      }
      valid++;
      const context = `shop/${props.architectures![0]}`;
      const dockerfile = instructionsOf(result.file(`${context}/Dockerfile`));
      expect(dockerfile.filter((keyword) => keyword === 'USER')).toHaveLength(1);
      expect(dockerfile.at(-1)).toBe('ENTRYPOINT');
      nginxDirectives(result.file(`${context}/nginx.conf`));
      nginxDirectives(result.file(`${context}/config/security-headers.conf`));
      return true;
    }),
    { numRuns: RUNS },
  );
  process.stdout.write(`${runs} random configurations, ${Math.round((100 * valid) / runs)} % of them valid\n`);
  expect(valid / runs).toBeGreaterThan(0.4);
}, 1_800_000);

test('the same random configuration gives the same bytes twice', () => {
  fc.assert(
    fc.property(imageProps, (props) => {
      const synth = () => {
        const app = Testing.app();
        new ImageConstruct(app, 'shop', props);
        const result = attempt(app);
        return result instanceof DockerfileGeneratorError ? result.message : JSON.stringify(result.manifest);
      };
      return synth() === synth();
    }),
    { numRuns: 50 },
  );
});

const catalog = Catalog.shipped();

const RELEASES = catalog.platforms.flatMap((platform) =>
  catalog.platform(platform)!.releases.map((release) => ({ platform, facts: catalog.release(platform, release)! })),
);

test.each(
  RELEASES.map(({ platform, facts }) => [`${platform} ${facts.name}`, facts.nginx.version, platform, facts] as const),
)('%s gets no directive that its nginx %s does not know', (_, version, platform, facts) => {
  const php = Object.keys(facts.php).sort(byVersion).at(-1)!;
  fc.assert(
    fc.property(nginxOptions, (nginx) => {
      // GIVEN
      const app = Testing.app();
      new ImageConstruct(app, 'shop', {
        platform,
        release: facts.name,
        php: { version: php, extensions: [] },
        architectures: ['amd64'],
        nginx,
      });
      // WHEN
      const result = Testing.synth(app);
      // THEN
      const files = ['nginx.conf', 'config/fastcgi.conf', 'config/security-headers.conf'];
      const directives = new Set(files.flatMap((file) => nginxDirectives(result.file(`shop/amd64/${file}`))));
      const unknown = [...directives].filter((name) => {
        const since = catalog.nginxDirectiveSince(name);
        return since === undefined || byVersion(since, version) > 0;
      });
      expect(unknown).toEqual([]);
    }),
    { numRuns: 30 },
  );
});
