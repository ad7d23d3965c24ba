import { onceFor } from '../../../src/config/once-for';

/** What objects were looked at. */
function looker<K extends object>(): { readonly once: (key: K) => string; readonly seen: K[] } {
  const seen: K[] = [];
  const once = onceFor((key: K) => {
    seen.push(key);
    return `look ${seen.length}`;
  });
  return { once, seen };
}

describe('an object is looked at once', () => {
  it.each([
    ['plain', {}],
    ['a list', [1, 2]],
    ['a function', (): void => undefined],
    ['frozen', Object.freeze({})],
    ['sealed', Object.seal([])],
  ])('where it is %s', (_, key: object) => {
    const { once, seen } = looker();
    expect([once(key), once(key), once({})]).toEqual(['look 1', 'look 1', 'look 2']);
    expect(seen).toHaveLength(2);
  });

  it('by each function that looks', () => {
    const [one, two, key] = [looker(), looker(), {}];
    one.once(key);
    expect(two.once({})).toBe('look 1');
    expect([two.once(key), one.once(key)]).toEqual(['look 2', 'look 1']);
  });

  it('where it was frozen since', () => {
    const { once, seen } = looker();
    const key = {};
    once(key);
    once(Object.freeze(key));
    expect(seen).toHaveLength(1);
  });

  it('and what is given besides is given on', () => {
    const once = onceFor((key: { readonly name: string }, more: string) => `${key.name} ${more}`);
    expect(once({ name: 'shop' }, 'of shoes')).toBe('shop of shoes');
  });
});

it('what is known of an object is seen by nobody else', () => {
  // GIVEN
  const { once } = looker();
  const key = { name: 'shop' };
  // WHEN
  once(key);
  // THEN
  expect(Reflect.ownKeys(key)).toEqual(['name']);
  expect(once({ ...key })).toBe('look 2');
});
