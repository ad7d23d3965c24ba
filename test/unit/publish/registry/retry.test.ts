import { retry, retryAfter, Transient } from '../../../../src/publish/registry/retry';

test('what may pass is tried again, what does not is thrown at once', async () => {
  let tries = 0;
  const work = (): Promise<string> => {
    tries += 1;
    return tries < 3 ? Promise.reject(new Transient(new Error('busy'))) : Promise.resolve('done');
  };
  expect([await retry(work, { delay: 1 }), tries]).toEqual(['done', 3]);
  tries = 0;
  const broken = (): Promise<never> => Promise.reject(new Error(`try ${++tries}`));
  await expect(retry(broken, { delay: 1 })).rejects.toThrow('try 1');
});

test('Ctrl-C ends the waiting', async () => {
  const controller = new AbortController();
  const work = (): Promise<never> => Promise.reject(new Transient(new Error('busy'), 60_000));
  const waiting = retry(work, { signal: controller.signal });
  setTimeout(() => controller.abort(new Error('stopped')), 10);
  await expect(waiting).rejects.toThrow();
});

test('Retry-After is seconds or a date', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  expect(retryAfter('1.5')).toBe(1500);
  expect(retryAfter('Mon, 23 Nov 2026 12:00:30 GMT', now)).toBe(30_000);
  expect(retryAfter('Mon, 23 Nov 2026 11:00:00 GMT', now)).toBe(0);
  expect([retryAfter(undefined), retryAfter('soon')]).toEqual([undefined, undefined]);
});
