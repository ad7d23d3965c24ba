import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ImageConstruct, Testing } from '../../src';
import { OUTPUT, manifestImages, readContext, type Context } from './support/output';

/** Signals that s6-supervise takes in `down-signal`. */
const SIGNALS = ['SIGALRM', 'SIGABRT', 'SIGQUIT', 'SIGHUP', 'SIGKILL', 'SIGTERM', 'SIGINT', 'SIGUSR1', 'SIGUSR2'];

/** Files of a definition directory that s6-rc-compile reads, for each type. */
const KNOWN = {
  longrun: [
    'type',
    'run',
    'finish',
    'notification-fd',
    'timeout-kill',
    'down-signal',
    'max-death-tally',
    'data',
    'dependencies.d',
  ],
  oneshot: ['type', 'up', 'down', 'timeout-up', 'timeout-down', 'dependencies.d'],
} as const;

/** What s6-overlay itself brings. */
const OF_THE_OVERLAY = ['base'];

/** Reads a tree anew, by what the documentation of s6-rc-compile and s6-overlay says, and gives what is wrong with it. */
function faultsOfOverlay(context: Context): string[] {
  const faults: string[] = [];
  const files = [...context.keys()]
    .filter((path) => path.startsWith('s6-overlay/'))
    .map((path) => path.slice('s6-overlay/'.length));
  const text = (path: string) => context.get(`s6-overlay/${path}`);
  const services = [...new Set(files.filter((path) => path.startsWith('s6-rc.d/')).map((path) => path.split('/')[1]!))];
  const bundle = files
    .filter((path) => path.startsWith('user-bundles.d/user/contents.d/'))
    .map((path) => path.split('/')[3]!);
  const dependencies = new Map<string, string[]>();

  faults.push(
    ...files
      .filter((path) => !/^(?:s6-rc\.d|user-bundles\.d\/user\/contents\.d)\//.test(path))
      .map((path) => `${path} is nowhere read`),
  );
  if (services.includes('user')) faults.push('s6-rc.d/user stands in the way of user-bundles.d');
  faults.push(
    ...services
      .filter((name) => !bundle.includes(name))
      .map((name) => `${name} is not in the bundle user: it never starts`),
  );
  faults.push(
    ...bundle
      .filter((name) => !services.includes(name))
      .map((name) => `the bundle user names ${name}, which is not there`),
  );

  for (const name of services) {
    const own = files
      .filter((path) => path.startsWith(`s6-rc.d/${name}/`))
      .map((path) => path.slice(`s6-rc.d/${name}/`.length));
    const type = text(`s6-rc.d/${name}/type`)?.trim();
    if (type !== 'longrun' && type !== 'oneshot') {
      faults.push(`${name} has the type ${type}`);
      continue;
    }
    const known: readonly string[] = KNOWN[type];
    faults.push(
      ...own
        .filter((path) => !known.includes(path.split('/')[0]!))
        .map((path) => `${name}/${path} is no file of a ${type}`),
    );
    faults.push(...(own.includes(type === 'longrun' ? 'run' : 'up') ? [] : [`${name} has no program`]));
    const needs = own.filter((path) => path.startsWith('dependencies.d/')).map((path) => path.split('/')[1]!);
    dependencies.set(name, needs);
    faults.push(
      ...needs
        .filter((other) => ![...services, ...OF_THE_OVERLAY].includes(other))
        .map((other) => `${name} needs ${other}, which is not there`),
    );
    faults.push(...(needs.includes('base') ? [] : [`${name} may start before s6-overlay is ready`]));
    if (type === 'longrun') faults.push(...faultsOfService(name, (path) => text(`s6-rc.d/${name}/${path}`)));
    if (type === 'oneshot') {
      const up = text(`s6-rc.d/${name}/up`)!.trimEnd();
      if (up.includes('\n') || up.startsWith('#!')) faults.push(`${name}/up is a script, not one command line`);
      if (needs.some((other) => text(`s6-rc.d/${other}/type`)?.trim() === 'longrun')) {
        faults.push(`${name} waits for a service`);
      }
    }
  }
  return [...faults, ...circles(dependencies)];
}

/** A service directory, of either source of s6. */
function faultsOfService(name: string, text: (path: string) => string | undefined): string[] {
  const faults: string[] = [];
  const number = (path: string, least: number) => {
    const value = text(path);
    if (value !== undefined && !(/^\d+\n$/.test(value) && Number(value) >= least)) {
      faults.push(`${name}/${path} is not a number`);
    }
  };
  number('notification-fd', 3);
  number('timeout-kill', 1);
  number('max-death-tally', 0);
  const signal = text('down-signal')?.trim();
  if (signal !== undefined && !SIGNALS.includes(signal)) faults.push(`${name}/down-signal is ${signal}`);
  for (const path of ['run', 'finish', 'data/check']) {
    const script = text(path);
    if (script !== undefined && !/^#!\/\S+/.test(script)) faults.push(`${name}/${path} names no interpreter`);
  }
  const notifies = text('run')?.includes('s6-notifyoncheck') ?? false;
  if (notifies !== (text('data/check') !== undefined)) {
    faults.push(`${name}: s6-notifyoncheck and data/check go together`);
  }
  if (notifies !== (text('notification-fd') !== undefined)) {
    faults.push(`${name}: s6-notifyoncheck and notification-fd go together`);
  }
  return faults;
}

function circles(dependencies: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set(OF_THE_OVERLAY);
  const waiting = new Set(dependencies.keys());
  for (let moved = true; moved;) {
    moved = false;
    for (const name of waiting) {
      if (dependencies.get(name)!.every((other) => done.has(other))) {
        done.add(name);
        waiting.delete(name);
        moved = true;
      }
    }
  }
  return [...waiting].map((name) => `${name} waits for ever`);
}

/** The tree of plain s6: a scan directory, and the first process. */
function faultsOfDistribution(context: Context): string[] {
  const files = [...context.keys()]
    .filter((path) => path.startsWith('s6-overlay/'))
    .map((path) => path.slice('s6-overlay/'.length));
  const services = [...new Set(files.filter((path) => path.startsWith('service/')).map((path) => path.split('/')[1]!))];
  const text = (path: string) => context.get(`s6-overlay/${path}`);
  return [
    ...files
      .filter((path) => !['await-ready', 'init'].includes(path) && !path.startsWith('service/'))
      .map((path) => `${path} is nowhere read`),
    ...(text('init')?.startsWith('#!') ? [] : ['init is missing']),
    ...(text('await-ready')?.startsWith('#!') && text('init')?.includes('/etc/s6/await-ready')
      ? []
      : ['nobody waits for the services']),
    ...['finish', 'SIGTERM', 'SIGINT', 'SIGQUIT']
      .filter((name) => !text(`service/.s6-svscan/${name}`)?.startsWith('#!'))
      .map((name) => `.s6-svscan/${name} is missing`),
    ...services
      .filter((name) => name !== '.s6-svscan')
      .flatMap((name) => [
        ...(text(`service/${name}/run`)
          ? faultsOfService(name, (path) => text(`service/${name}/${path}`))
          : [`${name} has no run`]),
        ...(text('service/.s6-svscan/SIGTERM')?.includes(`/run/service/${name} `)
          ? []
          : [`SIGTERM does not stop ${name}`]),
      ]),
  ];
}

/** Programs are executable in the context too, and nothing else of the tree is. */
function wrongModes(context: Context, executable: (path: string) => boolean): string[] {
  return [...context]
    .filter(([path]) => path.startsWith('s6-overlay/'))
    .filter(([path, text]) => executable(path) !== text.startsWith('#!'))
    .map(([path]) => path);
}

/** Executable files by the manifest, as paths below the context. */
function executables(image: string): (path: string) => boolean {
  const { files } = JSON.parse(readFileSync(join(OUTPUT, 'manifest.json'), 'utf8')) as {
    files: Record<string, { executable?: boolean }>;
  };
  return (path) => files[`${image}/amd64/${path}`]?.executable === true;
}

describe.each(manifestImages())('the tree of s6 of %s', (name, { supervisor }) => {
  const context = readContext(name, 'amd64');

  it(`is what ${supervisor === 'overlay' ? 's6-rc-compile and s6-overlay read' : 's6-svscan reads'}`, () => {
    expect(supervisor === 'overlay' ? faultsOfOverlay(context) : faultsOfDistribution(context)).toEqual([]);
  });

  it('has its programs, and nothing else, executable', () => {
    expect(wrongModes(context, executables(name))).toEqual([]);
  });

  it('runs nginx and PHP-FPM', () => {
    const runs = [...context.keys()].filter((path) => /\/(?:nginx|php-fpm)\/run$/.test(path));
    expect(runs).toHaveLength(2);
  });
});

describe('a tree with services of a person', () => {
  function tree(source: 'overlay' | 'distribution'): Context {
    const app = Testing.app();
    const image = new ImageConstruct(app, 'shop', { php: '8.4', platform: 'debian', s6: { source } });
    image.addOneShot({
      name: 'migrate',
      command: ['/usr/bin/php', 'artisan', 'migrate', '--force'],
      dependsOn: ['warm-up'],
    });
    image.addOneShot({ name: 'warm-up', command: ['/usr/bin/php', '-r', 'echo 1; {warm}'] });
    image.addLongRun({
      name: 'queue',
      command: ['/usr/bin/php', 'artisan', 'queue:work'],
      dependsOn: ['nginx'],
      stopSignal: 'SIGUSR1',
    });
    const { paths, file } = Testing.synth(app);
    return new Map(
      paths
        .filter((path) => path.startsWith('shop/amd64/'))
        .map((path) => [path.slice('shop/amd64/'.length), file(path)]),
    );
  }

  it('is one that s6-overlay reads', () => {
    expect(faultsOfOverlay(tree('overlay'))).toEqual([]);
  });

  it('is one that s6-svscan reads', () => {
    expect(faultsOfDistribution(tree('distribution'))).toEqual([]);
  });

  it('would be found out with a file taken away or a name misspelt', () => {
    // GIVEN
    const spoil = (change: (files: Map<string, string>) => void) => {
      const files = new Map(tree('overlay'));
      change(files);
      return faultsOfOverlay(files);
    };
    // THEN
    expect(spoil((files) => files.delete('s6-overlay/s6-rc.d/nginx/type'))).not.toEqual([]);
    expect(spoil((files) => files.delete('s6-overlay/s6-rc.d/nginx/run'))).not.toEqual([]);
    expect(spoil((files) => files.delete('s6-overlay/s6-rc.d/nginx/data/check'))).not.toEqual([]);
    expect(spoil((files) => files.delete('s6-overlay/user-bundles.d/user/contents.d/queue'))).not.toEqual([]);
    expect(spoil((files) => files.set('s6-overlay/s6-rc.d/nginx/dependencies.d/absent', ''))).not.toEqual([]);
    expect(spoil((files) => files.set('s6-overlay/s6-rc.d/php-fpm/dependencies.d/queue', ''))).not.toEqual([]);
    expect(spoil((files) => files.set('s6-overlay/s6-rc.d/nginx/down-signal', 'SIGNONE\n'))).not.toEqual([]);
  });
});
