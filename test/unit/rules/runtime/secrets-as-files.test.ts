import { cluster, foundInRun, overlay, run, type Row } from './support';
import { saying } from '../written';

const URL = 'mysql://shop:hunter2@db/shop';

describe('RT-012 refuses', () => {
  it.each<Row>([
    [
      'a password in a mapping',
      run('environment: { DB_PASSWORD: hunter2 }'),
      ['compose.yaml: the service web: DB_PASSWORD looks like a secret in the environment'],
    ],
    ['a password in a list', run('environment: [DB_PASSWORD=a=b]'), ['DB_PASSWORD looks like a secret']],
    ['a password of who starts it, in a list', run('environment: [DB_PASSWORD]'), ['DB_PASSWORD looks like a secret']],
    ['a password of who starts it', run('environment: { DB_PASSWORD: }'), ['DB_PASSWORD looks like a secret']],
    ['an address with its password', run(`environment: { DB: '${URL}' }`), ['DB looks like a secret']],
    ['an address with its password, in a list', run(`environment: ['DB=${URL}']`), ['DB looks like a secret']],
    [
      'a password for development',
      overlay('environment: { DB_PASSWORD: hunter2 }'),
      ['compose.dev.yaml: the service web: DB_PASSWORD looks like a secret'],
    ],
    ['a password that is called a file', run('environment: { DB_PASSWORD_FILE: hunter2 }'), ['DB_PASSWORD_FILE looks']],
    ['a file of variables', run('env_file: [.env]'), ['env_file fills the environment']],
    [
      'a password in a manifest',
      cluster('env: [{ name: APP, value: shop }, { name: DB_PASSWORD, value: hunter2 }]'),
      ['kubernetes.yaml: the container web: DB_PASSWORD looks like a secret in the environment'],
    ],
    ['an address in a manifest', cluster(`env: [{ name: DB, value: '${URL}' }]`), ['DB looks like a secret']],
    [
      'a key of a Secret, whatever its variable is called',
      cluster('env: [{ name: DB, valueFrom: { secretKeyRef: { name: shop, key: db } } }]'),
      ['the container web: DB takes a Secret into the environment'],
    ],
    [
      'a whole Secret beside a ConfigMap',
      cluster('envFrom: [{ configMapRef: { name: shop } }, { secretRef: { name: shop } }]'),
      ['the container web: envFrom takes a Secret into the environment'],
    ],
    [
      'a Secret for what prepares the server',
      cluster('', 'initContainers: [{ name: prepare, envFrom: [{ secretRef: { name: shop } }] }]'),
      ['the container prepare: envFrom takes a Secret'],
    ],
  ])('%s', (_, files, says) => {
    expect(foundInRun('RT-012', files)).toEqual(saying(says));
  });
});

describe('RT-012 passes in a compose file', () => {
  it.each([
    'environment: { APP_ENV: production, DEBUG: , WORKERS: 4, CACHE: true }',
    'environment: [APP_ENV=production, DEBUG, "NOTE=PASSWORD=none"]',
    `environment: { DB: 'mysql://db/shop' }`,
    'environment: {}',
    'secrets: [db_password]',
    'environment: { DB_PASSWORD_FILE: /run/secrets/db_password }',
  ])('%s', (settings) => {
    expect(foundInRun('RT-012', run(settings))).toEqual([]);
  });
});

describe('RT-012 passes in a manifest', () => {
  it.each([
    'env: [{ name: APP_ENV, value: production }, { name: DEBUG }]',
    'env: [{ name: NODE, valueFrom: { fieldRef: { fieldPath: spec.nodeName } } }]',
    'env: [{ name: APP, valueFrom: { configMapKeyRef: { name: shop, key: app } } }]',
    'envFrom: [{ configMapRef: { name: shop } }]',
    'volumeMounts: [{ name: secret, mountPath: /run/secrets, readOnly: true }]',
  ])('%s', (settings) => {
    expect(foundInRun('RT-012', cluster(settings))).toEqual([]);
  });
});
