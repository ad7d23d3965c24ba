import { OwnPart, problemsOfPart, problemsOfShop, shopApp } from './support';
import { Testing } from '../../../src';

const WRITABLE = { kind: 'volume', exec: false, mode: '0770', purpose: 'state' } as const;

describe('places that belong to the system', () => {
  it.each(['/etc', '/etc/nginx', '/usr/local', '/bin', '/proc', '/var', '/var/lib/dpkg', '/var/run/x'])(
    '%s cannot be writable, as a volume or by a construct',
    (path) => {
      expect(problemsOfShop({ volumes: [path] })).toEqual([
        expect.objectContaining({ where: 'shop', what: expect.stringContaining('cannot be used') }),
      ]);
      expect(problemsOfPart((part) => part.addWritablePath({ ...WRITABLE, path }))).toEqual([
        expect.objectContaining({ where: 'shop/own', what: expect.stringContaining('cannot be writable') }),
      ]);
    },
  );

  it.each(['/etc', '/proc', '/tmp', '/usr/share'])('%s cannot be the document root', (documentRoot) => {
    expect(problemsOfShop({ nginx: { documentRoot } })).toEqual([
      expect.objectContaining({ where: 'shop', what: expect.stringContaining('nginx.documentRoot') }),
    ]);
  });

  it.each([
    ['/etc/passwd', 'the image makes it itself'],
    ['/etc/ld.so.preload', 'the image makes it itself'],
    ['/usr/bin/php', 'packages have their programs there'],
    ['/bin/sh', 'packages have their programs there'],
    ['/run/x', 'hidden when a container starts'],
    ['/var/lib/dpkg/status', 'scanners read'],
  ])('a file at %s is refused: %s', (target, why) => {
    expect(problemsOfPart((part) => part.addFile({ target, content: '' }))).toEqual([
      expect.objectContaining({ where: 'shop/own', what: expect.stringContaining(why) }),
    ]);
  });

  it('one writable path is declared once', () => {
    expect(problemsOfPart((part) => part.addWritablePath({ ...WRITABLE, path: '/data' }))).toEqual([
      {
        where: 'shop/own',
        what: 'the writable path /data is, or lies below, /data of shop',
        next: 'declare it once',
      },
    ]);
  });

  it('a construct that stands outside of an image is told so', () => {
    const { app } = shopApp();
    new OwnPart(app, 'worker', (part) => part.addPackage('jq'));
    expect(Testing.problems(app)).toEqual([
      expect.objectContaining({ where: 'worker', next: 'give it an ImageConstruct as its scope' }),
    ]);
  });
});

describe('what has an option of its own', () => {
  it('is not set by php.ini past the checks', () => {
    expect(problemsOfShop({ php: { version: '8.4', ini: { memory_limit: '4G' } } })).toEqual([
      expect.objectContaining({ where: 'shop', what: expect.stringContaining('php.memoryLimit') }),
    ]);
  });

  it('is not set by a variable in the image', () => {
    expect(problemsOfPart((part) => part.addEnvironment('PHP_MEMORY_LIMIT', '4G'))).toEqual([
      expect.objectContaining({ where: 'shop/own', what: expect.stringContaining('PHP_MEMORY_LIMIT') }),
    ]);
  });
});
