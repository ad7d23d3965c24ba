import { problemsOfShop, shopApp } from './support';
import { AlpinePlatform, Catalog, DebianPlatform, ImageConstruct, Testing, type Architecture } from '../../../src';

test('an unknown platform is refused, and the nearest one is named', () => {
  expect(problemsOfShop({ platform: 'debain' })).toEqual([
    { where: 'shop', what: 'there is no platform "debain"', next: 'write "debian", or give a Platform of your own' },
  ]);
});

test('an image without a platform is told of those that there are', () => {
  const [problem] = problemsOfShop({ platform: undefined as unknown as string });
  expect(problem).toMatchObject({
    where: 'shop',
    what: 'platform is not given',
    next: expect.stringContaining('debian'),
  });
});

test.each([null, 8, '', '__proto__', 'constructor'])('%j is no platform', (platform) => {
  const [problem] = problemsOfShop({ platform: platform as string });
  expect(problem).toMatchObject({ where: 'shop', what: `there is no platform ${JSON.stringify(platform)}` });
});

test('an unknown PHP version is refused, and those that there are are named', () => {
  const [problem] = problemsOfShop({ php: '9.9' });
  expect(problem).toMatchObject({ where: 'shop', what: 'there is no PHP 9.9 on debian' });
  expect(problem?.next).toContain(Catalog.shipped().phpVersions.join(', '));
});

test('a PHP version that is none is refused', () => {
  expect(problemsOfShop({ php: 'latest' })[0]?.what).toContain(
    'php.version: "latest" is not a PHP version such as 8.4',
  );
});

test('a PHP that the release lacks is refused, and the releases that have it are named', () => {
  expect(problemsOfShop({ platform: 'alpine', php: '7.4', release: '3.24' })).toEqual([
    { where: 'shop', what: 'alpine 3.24 has no PHP 7.4', next: 'choose a release that has it: 3.15' },
  ]);
});

test('an unknown release is refused, and the nearest one is named', () => {
  expect(problemsOfShop({ release: 'trixy' })).toEqual([
    { where: 'shop', what: 'debian has no release "trixy" in the catalogue', next: 'write "trixie"' },
  ]);
});

test('an unknown architecture is refused, and the nearest one is named', () => {
  expect(problemsOfShop({ architectures: ['arm46' as Architecture] })).toEqual([
    { where: 'shop', what: 'there is no architecture "arm46"', next: 'write "arm64"' },
  ]);
});

test('no architecture at all is refused', () => {
  expect(problemsOfShop({ architectures: [] })).toEqual([
    { where: 'shop', what: 'architectures is empty', next: 'name at least one of: amd64, arm64' },
  ]);
});

test.each([
  ['pdo_mysqll', 'did you mean pdo_mysql'],
  ['rediss', 'did you mean redis'],
])('the unknown extension %s is refused, and the nearest one is named', (extension, next) => {
  const [problem, ...others] = problemsOfShop({ php: { version: '8.4', extensions: ['curl', extension] } });
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ where: 'shop', what: `PHP 8.4 on debian trixie has no extension "${extension}"` });
  expect(problem?.next).toContain(next);
});

test('an extension that is far from every other can be taken out', () => {
  const [problem] = problemsOfShop({ php: { version: '8.4', extensions: ['qqqqqqqqqqqq'] } });
  expect(problem?.next).toBe('take it out: no release in the catalogue has it');
});

test.each(['debian', 'ubuntu'])('on %s extensions whose packages exclude each other are refused', (platform) => {
  const php = { version: '8.4', extensions: ['apcu', 'yac'] };
  expect(problemsOfShop({ platform, php })).toEqual([
    {
      where: 'shop',
      what: `${platform} does not install the extensions apcu and yac together`,
      why: 'their packages exclude each other',
      next: 'leave one of the two out, or choose another platform',
    },
  ]);
});

test('all that cannot be had is told at once', () => {
  const problems = problemsOfShop({
    platform: 'windows',
    release: 'eleven',
    architectures: ['mips' as Architecture],
    php: { version: '8.4', extensions: ['nonsuch'] },
  });
  expect(problems.map(({ what }) => what)).toEqual([
    'there is no platform "windows"',
    'there is no architecture "mips"',
    'alpine has no release "eleven" in the catalogue',
    expect.stringContaining('has no extension "nonsuch"'),
  ]);
});

test.each(['Shop', '-shop', 'shop.', 'a..b', '../shop', 'a b', 'shop\nFROM evil', 'x'.repeat(129)])(
  '%j cannot be the id of an image',
  (id) => {
    const app = Testing.app();
    new ImageConstruct(app, id, { php: '8.4', platform: 'debian' });
    const [problem] = Testing.problems(app);
    expect(problem).toMatchObject({
      where: app.node.children[0]?.node.path,
      why: expect.stringContaining('directory'),
    });
  },
);

test('a construct outside of an image is told where it belongs', () => {
  const app = Testing.app();
  expect(() => ImageConstruct.of(app)).toThrow('is not inside an ImageConstruct');
});

test('a release is chosen by hand, and a platform of one’s own is used as it is', () => {
  expect(shopApp({ platform: new AlpinePlatform(), release: '3.22' }).shop.target.release.name).toBe('3.22');
});

test('a release without s6 is refused as the source of s6', () => {
  // GIVEN
  const shipped = Catalog.shipped();
  const trixie = { ...shipped.release('debian', 'trixie')!, s6: undefined };
  const platform = new DebianPlatform(shipped.with({ releases: { debian: [trixie] } }));
  // WHEN
  const problems = problemsOfShop({ platform, release: 'trixie' });
  // THEN
  expect(problems).toEqual([
    { where: 'shop/s6', what: 'debian trixie does not package s6', next: "set s6.source to 'overlay'" },
  ]);
  expect(problemsOfShop({ platform, release: 'trixie', s6: { source: 'overlay' } })).toEqual([]);
});
