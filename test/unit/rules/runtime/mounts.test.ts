import { foundInRun, run, service, type Row, type SoundRow } from './support';
import { RuleSubject } from '../../../../src/rules/rule-subject';
import { composeFiles } from '../../../../src/rules/runtime/compose';
import { boundVolumes, volumesOf, type Mount } from '../../../../src/rules/runtime/mounts';
import { saying, subjectOf } from '../written';

/** compose.yaml as the rules read it. */
function composeFile(settings: string, beside?: string): ReturnType<typeof composeFiles>[number] {
  const { facts } = subjectOf('');
  const files = [{ path: 'compose.yaml', content: service(settings, beside), executable: false }];
  return composeFiles(new RuleSubject('shop', facts, files))[0]!;
}

describe('a volume of a service', () => {
  it.each<readonly [written: string, read: Partial<Mount>]>([
    ['data:/srv', { kind: 'volume', source: 'data', target: '/srv', readOnly: false }],
    ['data.v1/~:/srv:ro', { kind: 'volume', source: 'data.v1/~', target: '/srv', readOnly: true }],
    ['/srv', { kind: 'volume', source: '', target: '/srv', readOnly: false }],
    ['./app:/srv//app/:ro,z', { kind: 'bind', source: './app', target: '/srv/app', readOnly: true }],
    ['~/app:/', { kind: 'bind', source: '~/app', target: '/' }],
    ['{ type: tmpfs, target: /tmp }', { kind: 'tmpfs', source: '', target: '/tmp', readOnly: false, options: [] }],
    ['{ type: bind, source: a, target: /b, read_only: true }', { kind: 'bind', source: 'a', readOnly: true }],
    ['{ type: bind, source: a, target: /b, read_only: "true" }', { readOnly: false }],
    ['{ type: bind, source: a, target: /b, bind: { propagation: slave } }', { options: ['slave'] }],
    ['{ type: bind, source: a, target: /b, bind: { create_host_path: true } }', { options: [] }],
  ])('written %s is read', (written, read) => {
    const text = written.startsWith('{') ? written : `'${written}'`;
    expect(volumesOf(composeFile(`volumes: [${text}]`).services[0]!)).toMatchObject([read]);
  });
});

describe('a path of the host behind a named volume', () => {
  it.each<readonly [volumes: string, paths: readonly string[]]>([
    ['{ data: { driver_opts: { type: none, o: bind, device: /home } } }', ['/home']],
    ['{ data: { driver_opts: { device: "${DATA:-/home}" } } }', ['/home']],
    ['{ data: { driver_opts: { type: tmpfs, device: tmpfs } } }', []],
    ['{ data: { driver_opts: { type: nfs } } }', []],
    ['{ data: { external: true } }', []],
  ])('of %s is %j', (volumes, paths) => {
    expect(boundVolumes(composeFile('', `volumes: ${volumes}`))).toEqual(paths);
  });
});

describe('RT-004 passes a writable path that is written', () => {
  it.each([
    ['as the only tmpfs', 'tmpfs: /srv/uploads'],
    ['as the only tmpfs, with its options', 'tmpfs: /srv/uploads:rw,noexec'],
    ['as one of a list', 'tmpfs: ["/srv/uploads:rw,noexec"]'],
    ['as a volume without a name', 'volumes: [/srv/uploads]'],
    ['with slashes too many', 'volumes: ["data://srv///uploads//"]'],
    ['with a directory of the host', 'volumes: ["./data:/srv/uploads:rw"]'],
    ['with a variable', 'volumes: ["${DATA:?where the data is}:/srv/uploads"]'],
    ['at a place of a variable', 'volumes: ["data:${PLACE:-/srv/uploads}"]'],
  ])('%s', (_, settings) => {
    expect(foundInRun('RT-004', run(`read_only: true\n${settings}`))).toEqual([]);
  });
});

describe('RT-008 refuses', () => {
  it.each<Row>([
    ['a default of a variable', run('volumes: ["${APP:-/etc}:/app"]'), ['/etc of the host is mounted']],
    ['a default of a variable that may be empty', run('volumes: ["${APP-/etc}:/app"]'), ['/etc of the host']],
    ['a way up from a variable', run('volumes: ["${APP}/../../../etc:/app"]'), ['/../../../etc of the host']],
    [
      'a way up from a variable that has to be set',
      run('volumes: ["${APP:?where it is}/../../../etc:/app"]'),
      ['/../../../etc of the host'],
    ],
    [
      'a default in the long form',
      run('volumes: [{ type: bind, source: "${APP:-/etc}", target: /app }]'),
      ['/etc of the host'],
    ],
  ])('%s', (_, files, says) => {
    expect(foundInRun('RT-008', files)).toEqual(saying(says));
  });
});

describe('RT-008 passes', () => {
  it.each<SoundRow>([
    ['a default within the project', run('volumes: ["${APP:-./app}:/app:ro"]')],
    ['a default that is a directory of its own', run('volumes: ["${APP:-/mnt/shop}:/app:ro"]')],
    ['a directory below one that has to be named', run('volumes: ["${APP:?where it is}/lib:/app:ro"]')],
  ])('%s', (_, files) => {
    expect(foundInRun('RT-008', files)).toEqual([]);
  });
});

describe('RT-005 reads the options of a tmpfs', () => {
  const declaring = { writablePaths: [{ path: '/tmp', kind: 'tmpfs', exec: false, mode: '1770' }] } as const;
  const found = (options: string): string[] => foundInRun('RT-005', run(`tmpfs: ['/tmp:${options}']`), declaring);

  it('with blanks between them', () => {
    expect(found('noexec, nosuid, nodev, uid=10001, size=64m, mode=1770')).toEqual([]);
  });

  it('without their values', () => {
    expect(found('noexec,nosuid,nodev,uid,size,mode')).toEqual(
      saying(['does not belong to 10001', 'has no size', 'has the mode of the engine']),
    );
  });
});
