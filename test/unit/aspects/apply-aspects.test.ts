import { Construct, type IConstruct } from 'constructs';
import {
  ImageConstruct,
  Aspects,
  ImagePart,
  SECURITY_PRIORITY,
  Testing,
  type Aspect,
  type ImageApp,
} from '../../../src';
import { shopApp } from '../image/support';

/** An aspect that writes down what it visits. */
function noting(name: string, visits: string[]): Aspect {
  return { visit: (node) => void visits.push(`${name} ${node.node.path || 'app'}`) };
}

/** An aspect that does something at one place. */
function at(place: IConstruct, change: () => void): Aspect {
  return { visit: (node) => (node === place ? change() : undefined) };
}

class Own extends ImagePart {}

class Thrower implements Aspect {
  constructor(private readonly message: string) {}

  visit(node: IConstruct): void {
    if (node instanceof ImageConstruct) {
      throw new Error(this.message);
    }
  }
}

function problemsOf(app: ImageApp): string[] {
  return Testing.problems(app).map(({ where, what }) => `${where}: ${what}`);
}

describe('aspects', () => {
  it('visit the whole tree in the order of their priorities, though the later one was added above the earlier', () => {
    // GIVEN a mutating aspect on a child, and one on the root that has to see what it did
    const { app, shop } = shopApp();
    const visits: string[] = [];
    Aspects.of(app).add(noting('late', visits), { priority: 600 });
    Aspects.of(shop.php).add(noting('early', visits), { priority: 100 });
    // WHEN
    Testing.synth(app);
    // THEN
    expect(visits[0]).toBe('early shop/php-fpm');
    expect(visits.filter((visit) => visit.startsWith('early'))).toEqual(['early shop/php-fpm']);
    expect(visits.slice(1)).toEqual([
      'late app',
      'late shop',
      'late shop/php-fpm',
      'late shop/nginx',
      'late shop/cron',
      'late shop/s6',
    ]);
  });

  it('of one priority go in the order of the tree, and of their adding', () => {
    const { app, shop } = shopApp();
    const visits: string[] = [];
    Aspects.of(shop.nginx).add(noting('c', visits));
    Aspects.of(shop).add({ visit: (node) => (node === shop.nginx ? void visits.push('b') : undefined) });
    Aspects.of(app).add({ visit: (node) => (node === shop.nginx ? void visits.push('a1') : undefined) });
    Aspects.of(app).add({ visit: (node) => (node === shop.nginx ? void visits.push('a2') : undefined) });
    Testing.synth(app);
    expect(visits).toEqual(['a1', 'a2', 'b', 'c shop/nginx']);
  });

  it('without a priority come before the SecurityAspect, and see what is not hardened yet', () => {
    const { app, shop } = shopApp();
    const seen: boolean[] = [];
    Aspects.of(app).add(at(shop, () => void seen.push(shop.php.adminSettings.has('enable_dl'))));
    Aspects.of(app).add(
      at(shop, () => void seen.push(shop.php.adminSettings.has('enable_dl'))),
      { priority: SECURITY_PRIORITY + 1 },
    );
    Testing.synth(app);
    expect(seen).toEqual([false, true]);
  });

  it('visit what other aspects add, those of a lower number too', () => {
    // GIVEN
    const { app, shop } = shopApp();
    const visits: string[] = [];
    Aspects.of(app).add(noting('first', visits), { priority: 1 });
    Aspects.of(app).add(
      at(shop, () => void new Own(shop, 'added')),
      { priority: 700 },
    );
    // WHEN
    Testing.synth(app);
    // THEN
    expect(visits.filter((visit) => visit.endsWith('/added'))).toEqual(['first shop/added']);
    expect(new Set(visits).size).toBe(visits.length);
  });

  it('harden an image that an aspect adds', () => {
    const { app } = shopApp();
    const add = (): void =>
      void new ImageConstruct(app, 'late', { php: '8.4', platform: 'debian', architectures: ['amd64'] });
    Aspects.of(app).add(at(app, add), { priority: SECURITY_PRIORITY + 1 });
    expect(Testing.synth(app).file('late/amd64/php-fpm.conf')).toContain('php_admin_flag[allow_url_include] = Off\n');
  });

  it('that an aspect adds visit the tree as well', () => {
    const { app, shop } = shopApp();
    const visits: string[] = [];
    Aspects.of(app).add(
      at(shop, () => Aspects.of(shop).add(noting('second', visits), { priority: 1 })),
      { priority: 800 },
    );
    Testing.synth(app);
    expect(visits).toEqual([
      'second shop',
      'second shop/php-fpm',
      'second shop/nginx',
      'second shop/cron',
      'second shop/s6',
    ]);
  });

  it('visit a construct once, though they were added at two places', () => {
    const { app, shop } = shopApp();
    const visits: string[] = [];
    const twice = noting('twice', visits);
    Aspects.of(app).add(twice);
    Aspects.of(shop).add(twice, { priority: 900 });
    Testing.synth(app);
    expect(new Set(visits).size).toBe(visits.length);
  });

  it('change what is written, also where the tree is synthesized twice', () => {
    const { app, shop } = shopApp();
    Aspects.of(app).add(at(shop, () => shop.addEnvironment('APP_ENV', 'production')));
    const [first, second] = [Testing.synth(app), Testing.synth(app)];
    expect(first.file('shop/amd64/Dockerfile')).toContain('APP_ENV="production"');
    expect(second.manifest).toEqual(first.manifest);
  });

  it('that never end are given up, and the culprit is named', () => {
    class Endless implements Aspect {
      visit(node: IConstruct): void {
        new Construct(node as Construct, 'more');
      }
    }
    const { app, shop } = shopApp();
    Aspects.of(shop.cron).add(new Endless());
    const [problem] = Testing.problems(app);
    expect(problem!.what).toMatch(
      /^the aspects are not done after 100 rounds over the tree: the aspect Endless still has/,
    );
    expect(problem!.where).toMatch(/^shop\/cron\/more/);
  });

  it('that throw are told, each of them, with the other problems of the tree', () => {
    const { app } = shopApp({ volumes: ['/etc'] });
    Aspects.of(app).add(new Thrower('one'));
    Aspects.of(app).add(new Thrower('two'));
    Aspects.of(app).add({
      visit: () => {
        throw 'three';
      },
    });
    const problems = problemsOf(app);
    expect(problems).toContain('shop: the aspect Thrower failed here: one');
    expect(problems).toContain('shop: the aspect Thrower failed here: two');
    expect(problems).toContain('the app: an aspect without a name failed here: three');
    expect(problems.join('\n')).toContain('/etc');
  });
});
