import { findEnvironment } from '../../../src/publish/environment';
import { apiAddress, registryHost } from '../../../src/publish/registry-address';

test('local, staging and production are there, and a project may say otherwise', () => {
  expect(findEnvironment('local')).toMatchObject({ verify: 'run', tags: ['{tag}'] });
  expect(findEnvironment('production')).toMatchObject({ promoteFrom: 'staging', scan: { severity: 'HIGH' } });
  const own = { production: { registries: [{ registry: 'registry.example.com' }] } };
  expect(findEnvironment('production', own).registries).toEqual([{ registry: 'registry.example.com' }]);
});

test('a name that is not there is answered with the nearest', () => {
  expect(() => findEnvironment('prodction')).toThrow('choose "production"');
  expect(() => findEnvironment('constructor')).toThrow('there is no environment');
});

test('every mistake of an environment is told, with its place', () => {
  const own = { mine: { registries: [], scan: { severity: 'BAD' }, ignored: true } };
  expect(() => findEnvironment('mine', own)).toThrow(
    /environments\.mine\.registries[\s\S]*environments\.mine\.scan\.severity/,
  );
});

test('an exemption needs a reason and a last day', () => {
  const own = { mine: { registries: [{ registry: 'r.example' }], scan: { ignore: [{ id: 'CVE-1', reason: 'no' }] } } };
  expect(() => findEnvironment('mine', own)).toThrow(/scan\.ignore\.0\.reason[\s\S]*scan\.ignore\.0\.expires/);
});

test('a registry is a host: http only for this machine, and no password in it', () => {
  expect(apiAddress(registryHost('https://registry.example.com/'))).toBe('https://registry.example.com');
  expect(apiAddress(registryHost('http://registry.example.com'))).toBe('https://registry.example.com');
  expect(apiAddress('127.0.0.1:5000')).toBe('http://127.0.0.1:5000');
  expect(apiAddress('127.0.0.1.example.com')).toBe('https://127.0.0.1.example.com');
  expect(apiAddress('docker.io')).toBe('https://registry-1.docker.io');
  let message = '';
  try {
    registryHost('me:planted@registry.example.com');
  } catch (error) {
    message = String(error);
  }
  expect(message).toContain('credentials stand in the address');
  expect(message).not.toContain('planted');
});
