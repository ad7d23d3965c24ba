import { secretMark } from '../../../../src/rules/image/secrets';

/** Put together here: as a whole they would be found in this file. */
const SECRETS: ReadonlyArray<readonly [string, string]> = [
  ['a private key', `-----BEGIN ${'PRIVATE'} KEY-----`],
  ['a private key', `-----BEGIN RSA ${'PRIVATE'} KEY-----`],
  ['a private key', `-----BEGIN PGP ${'PRIVATE'} KEY BLOCK-----`],
  ['a private key', `PuTTY-${'User'}-Key-File-3: ssh-ed25519`],
  ['a private key', `AGE-${'SECRET'}-KEY-1QQ`],
  ['a key of AWS', `AKIA${'A1'.repeat(8)}`],
  ['a key of AWS', `ASIA${'A1'.repeat(8)}`],
  ...['o', 'p', 'r', 's', 'u'].map((kind) => ['a token of GitHub', `gh${kind}_${'a1'.repeat(10)}`] as const),
  ['a token of GitHub', `github_${'pat'}_${'a1'.repeat(10)}`],
  ['a token of GitLab', `glpat-${'a1'.repeat(10)}`],
  ...['a', 'b', 'e', 'o', 'p', 'r', 's'].map((kind) => ['a token of Slack', `xox${kind}-${'1'.repeat(10)}`] as const),
  ['a token of Slack', `hooks.${'slack'}.com/services/T1/B2/c3`],
  ['a key of Google', `AIza${'a'.repeat(35)}`],
  ...['rk_live', 'rk_test', 'sk_live', 'sk_test'].map(
    (kind) => ['a key of Stripe', `${kind}_${'a1'.repeat(8)}`] as const,
  ),
  ['a token of npm', `npm_${'a1'.repeat(18)}`],
  ['a token of npm', '//registry.example/:_authToken=abc'],
  ['a token of Docker', `dckr_${'pat'}_${'a'.repeat(20)}`],
  ['a token of Docker', `dckr_${'oat'}_${'a'.repeat(20)}`],
  ['a key of SendGrid', `SG.${'a'.repeat(16)}.${'b'.repeat(16)}`],
  ['a signed token (JWT)', `eyJ${'a'.repeat(8)}.eyJ${'b'.repeat(8)}.c`],
  ['an address with its password', 'https://shopkeeper:hunter2@example.com'],
];

describe('a text', () => {
  it.each(SECRETS)('has %s in it: %s', (kind, secret) => {
    expect(secretMark(`# Shop\n\n${secret}\nthe rest\n`)).toBe(kind);
  });

  it('has none where there is no more than a word of one', () => {
    const words = SECRETS.map(([, secret]) => secret.slice(0, 4));
    expect(secretMark(`${words.join(' ')} https://example.com/a:b`)).toBeUndefined();
  });
});
