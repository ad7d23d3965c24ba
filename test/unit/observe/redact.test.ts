import fc from 'fast-check';
import { Redactor } from '../../../src/observe';

const redactor = Redactor.of(
  ['deploy:hub', '--username', 'ann', '--password', 'correct horse', '--registry-token=tok_12345'],
  { REGISTRY_PASSWORD: 'hunter22', CI_TOKEN: 'abc', HOME: '/home/ann' },
);

describe('what is written down', () => {
  it.each([
    ['a password of the command line', 'login as ann with correct horse', 'login as ann with [redacted]'],
    ['a value after an equals sign', 'token tok_12345 refused', 'token [redacted] refused'],
    ['a secret of the environment', 'got hunter22', 'got [redacted]'],
    [
      'a name and password in a URL',
      'GET https://ann:pw@registry.example.com/v2/',
      'GET https://[redacted]@registry.example.com/v2/',
    ],
    ['a header', 'Authorization: Bearer eyJhbGciOi.x', 'Authorization: Bearer [redacted]'],
  ])('has no secret left: %s', (_, text, expected) => {
    expect(redactor.text(text)).toBe(expected);
  });

  it('keeps what is not secret, and a word that is too short to be one', () => {
    expect(redactor.text('ann pushed abc from /home/ann')).toBe('ann pushed abc from /home/ann');
  });

  it('loses the values of fields with secret names, at any depth', () => {
    expect(redactor.value({ user: 'ann', auth: { password: 'x', list: [{ identityToken: 'y', ok: 1 }] } })).toEqual({
      user: 'ann',
      auth: { password: '[redacted]', list: [{ identityToken: '[redacted]', ok: 1 }] },
    });
  });

  it('never holds a known secret, wherever it stands', () => {
    const secret = fc.string({ minLength: 4 }).filter((text) => !'[redacted]'.includes(text));
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (known, before, after) => {
        const shown = JSON.stringify(new Redactor([known]).value({ deep: [before + known + after] }));
        expect(JSON.parse(shown).deep[0].replaceAll('[redacted]', '')).not.toContain(known);
      }),
    );
  });
});
