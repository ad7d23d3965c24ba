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
});
