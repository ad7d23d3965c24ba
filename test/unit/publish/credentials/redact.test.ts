import { Redactor } from '../../../../src/publish/credentials/redact';

test('a secret is hidden in every form', () => {
  const redactor = new Redactor();
  redactor.add('p"a+s/s', 'me');
  const basic = Buffer.from('me:p"a+s/s').toString('base64');
  const text = `plain p"a+s/s url ${encodeURIComponent('p"a+s/s')} basic ${basic}`;
  expect(redactor.text(text)).toBe('plain [hidden] url [hidden] basic [hidden]');
  expect(redactor.value({ deep: ['say p"a+s/s'] })).toEqual({ deep: ['say [hidden]'] });
});

test('without a secret nothing is changed', () => {
  const redactor = new Redactor();
  redactor.add(undefined);
  redactor.add('');
  const value = { a: 1 };
  expect(redactor.value(value)).toBe(value);
});

test('a secret that is also the name of a field, or a piece of every word, leaves the shape as it is', () => {
  const redactor = new Redactor();
  redactor.add('next');
  redactor.add('x');
  expect(redactor.value({ next: 'do the next thing', list: [{ next: 1 }] })).toEqual({
    next: 'do the [hidden] thing',
    list: [{ next: 1 }],
  });
});
