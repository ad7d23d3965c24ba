import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECK_PACKS } from '../../../src/verify';

const CHECKS = join(__dirname, '../../../src/verify/checks');
const checks = CHECK_PACKS.flatMap((pack) => pack.checks.map((check) => ({ group: pack.group, check })));

test('every check lies in a file named after it, and every file is in a pack', () => {
  // GIVEN
  const files = readdirSync(CHECKS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(CHECKS, name)).map((file) => `${name}/${file.replace(/\.ts$/, '')}`));
  // WHEN
  const ids = checks.map(({ check }) => check.id);
  // THEN
  expect([...ids].sort()).toEqual(files.sort());
});

test('every check belongs to the group of its pack and says what it expects in a sentence', () => {
  for (const { group, check } of checks) {
    expect(check.id.split('/')[0]).toBe(group);
    expect(check.expectation).toMatch(/^.{10,200}[^.]$/);
  }
});

test('every check is shown to fail: by an image that was broken on purpose, or by a fake server', () => {
  // GIVEN the tests that expect failures
  const proofs = ['../../e2e/verify-broken.test.ts', '../../e2e/verify-settings.test.ts', 'failing-checks.test.ts']
    .map((file) => readFileSync(join(__dirname, file), 'utf8'))
    .join('');
  // WHEN
  const unproven = checks.map(({ check }) => check.id).filter((id) => !proofs.includes(`'${id}'`));
  // THEN
  expect(unproven).toEqual([]);
});
