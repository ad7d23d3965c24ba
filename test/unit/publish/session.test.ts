import { parseEnvironment } from '../../../src/publish/environment';
import { Session } from '../../../src/publish/session';

const local = parseEnvironment({ registries: [{ registry: '127.0.0.1:5000' }] }, 'local');
const other = parseEnvironment({ registries: [{ registry: 'registry.example.com' }] }, 'other');

test('no child can inherit a password while a session lasts, and cosign alone gets that of its key', async () => {
  // GIVEN
  process.env.REGISTRY_PASSWORD = 'planted';
  process.env.COSIGN_PASSWORD = 'of the key';
  // WHEN
  const session = new Session({ environments: [local] });
  // THEN
  expect([process.env.REGISTRY_PASSWORD, process.env.COSIGN_PASSWORD]).toEqual([undefined, undefined]);
  expect(Object.values(session.environment)).not.toContain('planted');
  expect(session.environment.COSIGN_PASSWORD).toBeUndefined();
  expect(session.signingEnvironment).toMatchObject({ COSIGN_PASSWORD: 'of the key' });
  expect(session.redactor.text('planted, of the key')).toBe('[hidden], [hidden]');
  await session.close();
  expect([process.env.REGISTRY_PASSWORD, process.env.COSIGN_PASSWORD]).toEqual(['planted', 'of the key']);
  delete process.env.REGISTRY_PASSWORD;
  delete process.env.COSIGN_PASSWORD;
});

test('a build alone gets the credentials of Composer, and nothing of them is shown', async () => {
  // GIVEN
  process.env.COMPOSER_AUTH = JSON.stringify({
    'http-basic': { 'packages.example': { username: 'shop', password: 'planted' } },
  });
  // WHEN
  const session = new Session({ environments: [local] });
  // THEN
  expect(session.environment.COMPOSER_AUTH).toBeUndefined();
  expect(session.buildEnvironment.COMPOSER_AUTH).toContain('planted');
  expect(session.redactor.text('shop with planted')).toBe('shop with [hidden]');
  await session.close();
  expect(process.env.COMPOSER_AUTH).toContain('planted');
  delete process.env.COMPOSER_AUTH;
});

test('a password is for one registry', () => {
  const given = { username: 'me', password: 'planted' };
  expect(() => new Session({ environments: [local, other], given })).toThrow(
    'several registries that it could be for: 127.0.0.1:5000, registry.example.com',
  );
});
