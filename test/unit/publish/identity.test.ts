import { manifestOf } from './support';
import { identityOf } from '../../../src/publish/identity';

const sha256 = 'c'.repeat(64);

test('the identity changes with a file, its mode, and with what replaces a stage, and with nothing else', () => {
  const base = identityOf(manifestOf(), 'web', 'amd64', []);
  expect(identityOf(manifestOf(), 'web', 'amd64', [])).toBe(base);
  // A file of another architecture, or beside the contexts.
  expect(
    identityOf(manifestOf('web', { 'web/arm64/x': { sha256 }, 'web/README.md': { sha256 } }), 'web', 'amd64', []),
  ).toBe(base);
  const more = identityOf(manifestOf('web', { 'web/amd64/x': { sha256 } }), 'web', 'amd64', []);
  const mode = identityOf(manifestOf('web', { 'web/amd64/x': { sha256, executable: true } }), 'web', 'amd64', []);
  const stage = identityOf(manifestOf(), 'web', 'amd64', ['base=docker-image://mirror/debian']);
  const application = identityOf(manifestOf(), 'web', 'amd64', [], 'the hash of its files');
  expect(new Set([base, more, mode, stage, application, identityOf(manifestOf(), 'web', 'arm64', [])]).size).toBe(6);
});
