import { findWarnings, ImageConstruct, Testing, type Manifest } from '../../../src';

function manifestOf(php: string, port = 8080): Manifest {
  const app = Testing.app();
  new ImageConstruct(app, 'a', { php, platform: 'debian', nginx: { port } });
  new ImageConstruct(app, 'b', { php, platform: 'debian', nginx: { port } });
  return Testing.synth(app).manifest;
}

describe('warnings', () => {
  it('name a PHP that is past its end of life on the day that the caller gives, once for all images', () => {
    expect(findWarnings(manifestOf('7.4'), '2026-11-23')).toEqual([
      {
        code: 'end-of-life',
        images: ['a', 'b'],
        text: "PHP 7.4 is out of its makers' regular support since 2022-11-28",
      },
    ]);
  });

  it('say nothing on the last day itself, or before it', () => {
    expect(findWarnings(manifestOf('8.4'), '2028-08-09')).toEqual([]);
    expect(findWarnings(manifestOf('8.4'), '2028-08-10')).toEqual([
      expect.objectContaining({
        text: "debian trixie is out of its makers' regular support since 2028-08-09; longer support by others or for money until 2030-06-30",
      }),
    ]);
  });

  it('name a port that needs a privilege or a setting of the kernel', () => {
    const [warning, ...rest] = findWarnings(manifestOf('8.4', 80), '2026-11-23');
    expect(warning).toMatchObject({ code: 'privileged-port', images: ['a', 'b'] });
    expect(warning!.text).toContain('net.ipv4.ip_unprivileged_port_start');
    expect(rest).toEqual([]);
  });

  it('say no more of a release without a longer support, and nothing of a PHP of which no end is known', () => {
    // GIVEN
    const php = { version: '9.9' };
    const platform = { name: 'alpine', release: '3.15', endOfLife: '2023-11-01' };
    // WHEN
    const warnings = findWarnings({ images: { shop: { php, platform, ports: [8080] } } }, '2026-11-23');
    // THEN
    expect(warnings).toEqual([
      {
        code: 'end-of-life',
        images: ['shop'],
        text: "alpine 3.15 is out of its makers' regular support since 2023-11-01",
      },
    ]);
  });

  it('stand in the order of their texts, each with the images that it is about', () => {
    // GIVEN
    const platform = { name: 'debian', release: 'trixie', endOfLife: '2028-08-09' };
    const [old, current] = [
      { version: '7.4', endOfLife: '2022-11-28' },
      { version: '8.4', endOfLife: '2028-12-31' },
    ];
    const images = {
      a: { php: current, platform, ports: [1023, 1024] },
      b: { php: old, platform, ports: [80, 443, 8080] },
      c: { php: current, platform, ports: [443] },
    };
    // WHEN
    const warnings = findWarnings({ images }, '2026-11-23');
    // THEN
    expect(warnings.map((warning) => [warning.code, warning.text.slice(0, 9).trim(), warning.images])).toEqual([
      ['end-of-life', 'PHP 7.4 i', ['b']],
      ['privileged-port', 'port 1023', ['a']],
      ['privileged-port', 'port 443', ['b', 'c']],
      ['privileged-port', 'port 80 c', ['b']],
    ]);
  });
});
