import fc from 'fast-check';
import { nginxOptions } from './configurations';
import { nginxDirectives } from './judge';
import { Catalog, ImageConstruct, Testing } from '../../src';
import { byVersion } from '../../src/catalog';

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
