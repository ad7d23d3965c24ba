import { cluster, foundInRun, overlay, run, type Files, type Row, type SoundRow } from './support';
import { saying } from '../written';

const DATA = '{ name: data, mountPath: /srv/uploads }';

/** What a container mounts, and what comes before it in its pod. */
function mounting(mounts: string, before = ''): Files {
  return cluster(
    `securityContext: { readOnlyRootFilesystem: true }\nvolumeMounts: [${mounts}]`,
    `initContainers: [${before}]`,
  );
}

/** A container that prepares what the server needs. */
function prepare(mounts: string, more = ''): string {
  return `{ name: prepare, securityContext: { readOnlyRootFilesystem: true }, volumeMounts: [${mounts}]${more} }`;
}

describe('RT-004 refuses', () => {
  it.each<Row>([
    [
      'a service without read_only',
      run('volumes: ["data:/srv/uploads"]'),
      ['compose.yaml: the service web: read_only'],
    ],
    [
      'a switch that is a text',
      run('read_only: "true"\nvolumes: ["data:/srv/uploads"]'),
      ['the service web: read_only is "true"'],
    ],
    [
      'a root that a file over compose.yaml opens',
      overlay('read_only: false'),
      ['compose.dev.yaml: the service web: read_only is false'],
    ],
    [
      'a mount of a file over compose.yaml',
      overlay('volumes: ["./app:/var/www/html"]'),
      ['compose.dev.yaml: the service web: /var/www/html is writable'],
    ],
    [
      'a tmpfs at no declared path',
      run('read_only: true\ntmpfs: /var/www/html\nvolumes: ["data:/srv/uploads"]'),
      ['/var/www/html is writable, and no writable path of the image'],
    ],
    [
      'a declared path that is mounted for reading',
      run('read_only: true\nvolumes: ["data:/srv/uploads:ro"]'),
      ['/srv/uploads is a writable path of the image, and nothing writable is mounted there'],
    ],
    [
      'a container that mounts more than is declared',
      mounting(`${DATA}, { name: app, mountPath: /var/www/html }`),
      ['kubernetes.yaml: the container web: /var/www/html is writable, and no writable path of the image'],
    ],
    [
      'a container that mounts less than is declared',
      mounting(''),
      ['the container web: /srv/uploads is a writable path of the image, and nothing writable'],
    ],
    [
      'a container that mounts a declared path for reading',
      mounting('{ name: data, mountPath: /srv/uploads, readOnly: true }'),
      ['the container web: /srv/uploads is a writable path of the image, and nothing writable'],
    ],
    [
      'an init container that writes to a volume of no declared path',
      mounting(DATA, prepare('{ name: app, mountPath: /app }')),
      ['the container prepare: /app is writable, of the volume app, which holds no declared path'],
    ],
    [
      'an init container that declares its own volume',
      mounting(DATA, prepare('{ name: other, mountPath: /srv/uploads }')),
      ['the container prepare: /srv/uploads is writable, of the volume other, which holds no declared path'],
    ],
    [
      'a volume at no declared path for the server and for what prepares it',
      mounting(`${DATA}, { name: app, mountPath: /app }`, prepare('{ name: app, mountPath: /app }')),
      ['the container prepare: /app is writable, of the volume app', 'the container web: /app is writable'],
    ],
    [
      'an init container whose root can be written to',
      mounting(DATA, '{ name: prepare }'),
      ['the container prepare: readOnlyRootFilesystem is absent'],
    ],
    [
      'a sidecar that sees the volume at another path, since it stays',
      mounting(DATA, prepare(`${DATA}, { name: data, mountPath: /data }`, ', restartPolicy: Always')),
      ['the container prepare: /data is writable, and no writable path of the image'],
    ],
  ])('%s', (_, files, says) => {
    expect(foundInRun('RT-004', files)).toEqual(saying(says));
  });
});

describe('RT-004 passes', () => {
  it.each<SoundRow>([
    ['a file over compose.yaml that says nothing of it', overlay('')],
    ['a file over compose.yaml that says it again', overlay('read_only: true')],
    ['code that is mounted for reading', overlay('volumes: ["./app:/var/www/html:ro"]')],
    ['an init container that mounts nothing', mounting(DATA, prepare(''))],
    [
      'an init container that prepares a volume at another path',
      mounting(DATA, prepare('{ name: data, mountPath: /x }')),
    ],
    ['an init container that reads', mounting(DATA, prepare('{ name: app, mountPath: /app, readOnly: true }'))],
    ['a volume of another name', mounting('{ name: uploads, mountPath: /srv/uploads/ }')],
    ['settings that are mounted for reading', mounting(`${DATA}, { name: own, mountPath: /own, readOnly: true }`)],
  ])('%s', (_, files) => {
    expect(foundInRun('RT-004', files)).toEqual([]);
  });
});
