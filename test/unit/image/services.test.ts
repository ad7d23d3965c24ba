import { OwnPart, problemsOfPart, shopApp } from './support';
import { Testing, type ImageConfig, type ImagePart, type Problem } from '../../../src';

const COMMAND = ['/bin/true'];

type Source = ImageConfig['s6']['source'];

describe.each<Source>(['overlay', 'distribution'])('with s6 of the %s', (source) => {
  const problems = (contribute: (part: ImagePart) => void): readonly Problem[] =>
    problemsOfPart(contribute, { s6: { source } });

  test('two services of one name are refused, also when two constructs bring them', () => {
    const { app, shop } = shopApp({ s6: { source } });
    new OwnPart(shop, 'one', (part) => part.addLongRun({ name: 'worker', command: COMMAND }));
    new OwnPart(shop, 'two', (part) => part.addOneShot({ name: 'worker', command: COMMAND }));
    expect(Testing.problems(app)).toEqual([
      {
        where: 'shop/s6 (service worker)',
        what: 'two services are named worker',
        next: 'give one of them another name',
      },
    ]);
  });

  test('a service cannot take the place of nginx', () => {
    expect(problems((part) => part.addLongRun({ name: 'nginx', command: COMMAND }))[0]?.what).toBe(
      'two services are named nginx',
    );
  });

  test('a dependency that nobody brings is refused, and those that there are are named', () => {
    expect(problems((part) => part.addLongRun({ name: 'worker', command: COMMAND, dependsOn: ['php'] }))).toEqual([
      {
        where: 'shop/s6 (service worker)',
        what: 'depends on php, which nobody brings',
        next: 'name one of: configure, nginx, php-fpm, worker',
      },
    ]);
  });

  test('services that wait for each other are refused, all of them named', () => {
    const found = problems((part) => {
      part.addLongRun({ name: 'a', command: COMMAND, dependsOn: ['b'] });
      part.addLongRun({ name: 'b', command: COMMAND, dependsOn: ['c'] });
      part.addLongRun({ name: 'c', command: COMMAND, dependsOn: ['a', 'nginx'] });
    });
    expect(found).toEqual([
      expect.objectContaining({ where: 'shop/s6 (services a, b, c)', what: 'these services wait for each other' }),
    ]);
  });

  test('a service that waits for itself is refused', () => {
    const [problem] = problems((part) => part.addLongRun({ name: 'a', command: COMMAND, dependsOn: ['a'] }));
    expect(problem?.where).toBe('shop/s6 (services a)');
  });

  test('a one-shot cannot wait for a service', () => {
    const [problem] = problems((part) =>
      part.addOneShot({ name: 'migrate', command: COMMAND, dependsOn: ['php-fpm'] }),
    );
    expect(problem?.what).toBe('runs before every service and cannot wait for php-fpm');
  });

  test('a duplicate and a missing dependency are told at once', () => {
    const found = problems((part) => {
      part.addLongRun({ name: 'nginx', command: COMMAND });
      part.addLongRun({ name: 'worker', command: COMMAND, dependsOn: ['nobody'] });
    });
    expect(found).toHaveLength(2);
  });
});

test('one-shots run in the order of their dependencies, else by name', () => {
  // GIVEN
  const { app, shop } = shopApp();
  new OwnPart(shop, 'own', (part) => {
    part.addOneShot({ name: 'aaa', command: ['/bin/aaa'], dependsOn: ['zzz'] });
    part.addOneShot({ name: 'zzz', command: ['/bin/zzz'] });
    part.addOneShot({ name: 'mmm', command: ['/bin/mmm'] });
  });
  // WHEN
  const init = Testing.synth(app).file('shop/amd64/s6-overlay/init');
  // THEN
  expect(init.match(/\/bin\/(?:aaa|mmm|zzz)/g)).toEqual(['/bin/mmm', '/bin/zzz', '/bin/aaa']);
});

test('services stop in the reverse of the order in which they start', () => {
  const { app, shop } = shopApp();
  new OwnPart(shop, 'own', (part) => part.addLongRun({ name: 'aaa', command: COMMAND, dependsOn: ['nginx'] }));
  const stop = Testing.synth(app).file('shop/amd64/s6-overlay/service/.s6-svscan/SIGTERM');
  expect(stop.match(/\/run\/service\/[a-z-]+/g)).toEqual([
    '/run/service/aaa',
    '/run/service/nginx',
    '/run/service/php-fpm',
  ]);
});
