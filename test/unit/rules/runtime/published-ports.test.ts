import { cluster, foundInRun, overlay, run } from './support';
import { saying } from '../written';

const PORTS = { ports: [8080, 8443] };
const published = (ports: string): string[] => foundInRun('RT-011', run(`ports: [${ports}]`), PORTS);

describe('RT-011 refuses in a compose file', () => {
  it.each([
    '8080',
    '"8080"',
    '"8080/tcp"',
    '"8080:8080"',
    '"80:8443/tcp"',
    '"0.0.0.0:8080:8080"',
    '"*:8080:8080"',
    '":8080:8080"',
    '"[::]:8080:8080"',
    '"::8080"',
    '{ target: 8080, published: 8080 }',
    '{ target: "8080", host_ip: "" }',
    '{ target: 8443, host_ip: "::" }',
    '"${BIND}:8080:8080"',
    '"$BIND:8080:8080"',
    '"${BIND:-0.0.0.0}:8080:8080"',
    '{ target: 8080, host_ip: "${BIND:-0.0.0.0}" }',
    '"[::0]:8080:8080"',
    '{ target: 8080, host_ip: "0:0:0:0:0:0:0:0" }',
    '{ target: 8080, host_ip: "::ffff:0.0.0.0" }',
  ])('%s, which is open on every interface', (port) => {
    expect(published(port)).toEqual([
      expect.stringMatching(/^compose\.yaml: the service web: the port .+ is open on every interface$/),
    ]);
  });

  it.each([
    '"127.0.0.1:9000:9000"',
    '"127.0.0.1:8080:80"',
    '"127.0.0.1:8080-8081:8080-8081"',
    '{ target: 9000, host_ip: 127.0.0.1 }',
    '{ published: 8080, host_ip: 127.0.0.1 }',
  ])('%s, which nothing of the image listens to', (port) => {
    expect(published(port)).toEqual([expect.stringMatching(/the port .+ is none of the image \(8080, 8443\)$/)]);
  });

  it.each([
    ['http://127.0.0.1:8080:8080', '"http://127.0.0.1:8080:8080"'],
    ['::1:8080:8080', '"::1:8080:8080"'],
    ['127.0.0.1:8080:8080:ro', '"127.0.0.1:8080:8080:ro"'],
    ['127.0.0.1:8080:8080/tcp/udp', '"127.0.0.1:8080:8080/tcp/udp"'],
    ['null', 'null'],
    ['', '""'],
  ])('%s, which it cannot read', (text, port) => {
    expect(published(port)).toEqual([`: could not be checked: the port ${text} cannot be read`]);
  });

  it('each port for itself, with what is wrong of each', () => {
    expect(published('"127.0.0.1:8080:8080", "9000:9000"')).toEqual(
      saying(['the port 9000:9000 is open on every interface', 'the port 9000:9000 is none of the image']),
    );
  });

  it('a port that a file over compose.yaml opens', () => {
    expect(foundInRun('RT-011', overlay('ports: ["8080:8080"]'))).toEqual(saying(['compose.dev.yaml: ']));
  });
});

describe('RT-011 passes in a compose file', () => {
  it.each([
    '"127.0.0.1:8080:8080"',
    '"${BIND:-127.0.0.1}:${PORT:-8080}:8080"',
    '"127.0.0.1::8080"',
    '"127.0.0.1:80:8443/tcp"',
    '"10.0.0.5:8000-8100:8080"',
    '"[::1]:8080:8080"',
    '{ target: 8080, host_ip: 127.0.0.1 }',
    '{ target: "8443", published: "443", host_ip: "fd00::5", protocol: tcp }',
  ])('%s', (port) => {
    expect(published(port)).toEqual([]);
  });
});

describe('RT-011 in manifests', () => {
  const opened = (ports: string): string[] => foundInRun('RT-011', cluster(`ports: ${ports}`), PORTS);

  it.each(['[{ containerPort: 8080 }]', '[{ containerPort: 8443, hostPort: }]', '[]'])('passes %s', (ports) => {
    expect(opened(ports)).toEqual([]);
  });

  it.each([
    ['[{ containerPort: 8080, hostPort: 80 }]', 'hostPort 80 is open on every interface'],
    ['[{ containerPort: 8080 }, { containerPort: 9000 }]', 'the port 9000 is none of the image (8080, 8443)'],
    ['[{ name: http }]', 'the port undefined is none of the image'],
  ])('refuses %s', (ports, says) => {
    expect(opened(ports)).toEqual(saying([`kubernetes.yaml: the container web: ${says}`]));
  });
});
