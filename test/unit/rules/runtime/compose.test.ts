import { foundInRun, overlay, run, service, type Files, type Row } from './support';
import { foundInImage, saying } from '../written';

const PRIVILEGED = service('privileged: true');

describe('a compose file', () => {
  it.each([
    'compose.yaml',
    'compose.yml',
    'compose.dev.yaml',
    'compose-old.yml',
    'docker-compose.yaml',
    'docker-compose.override.yml',
  ])('is %s', (path) => {
    expect(foundInRun('RT-002', { [path]: PRIVILEGED })).toEqual([`${path}: the service web: privileged is true`]);
  });

  it.each(['my-compose.yaml', 'compose.yaml.orig', 'own/compose.yaml', 'compose.json'])('is not %s', (path) => {
    expect(foundInRun('RT-002', { [path]: PRIVILEGED })).toEqual([]);
  });

  it('is told of in the order of names, whoever wrote them down in another', () => {
    const files: Files = { 'compose.yaml': PRIVILEGED, 'compose.dev.yaml': PRIVILEGED };
    expect(foundInRun('RT-002', files)).toEqual(saying(['compose.dev.yaml: ', 'compose.yaml: ']));
  });

  it.each<Row>([
    ['of no services', { 'compose.yaml': 'name: shop' }, ['compose.yaml is not one document with services']],
    [
      'of two documents',
      { 'compose.yaml': `${service('')}---\n${PRIVILEGED}` },
      ['compose.yaml is not one document with services'],
    ],
    [
      'laid over another, of no services',
      { 'compose.dev.yaml': 'name: shop' },
      ['compose.dev.yaml is not one document with services'],
    ],
  ])('%s is refused', (_, files, says) => {
    expect(foundInRun('RT-002', files)).toEqual(saying(says));
  });
});

it('an image that only files over compose.yaml would run is refused', () => {
  expect(foundInImage('RT-002', overlay(''))).toEqual(saying(['compose.yaml is not there']));
});

it('each service is told of by its name', () => {
  const two = 'services:\n  web: { privileged: true }\n  queue: { pid: host }\n';
  expect(foundInRun('RT-002', { 'compose.yaml': two })).toEqual([
    'compose.yaml: the service web: privileged is true',
    'compose.yaml: the service queue: pid is "host"',
  ]);
});

describe('an option of the engine', () => {
  it.each([
    ['systempaths=unconfined', 'systempaths=unconfined'],
    ['systempaths:unconfined', 'systempaths=unconfined'],
    ['writable-cgroups', 'writable-cgroups'],
    ['credentialspec=file://a=b', 'credentialspec=file://a=b'],
  ])('written %s is %s', (written, read) => {
    expect(foundInRun('RT-002', run(`security_opt: ['${written}']`))).toEqual([
      `compose.yaml: the service web: security_opt has ${read}`,
    ]);
  });
});
