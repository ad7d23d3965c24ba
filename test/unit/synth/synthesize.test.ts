import fs, { appendFileSync, readdirSync, type PathLike, type StatSyncOptions } from 'node:fs';
import { join } from 'node:path';
import { errorOf, removeTemporaryDirectories, temporaryDirectory } from './support';
import {
  ImageApp,
  ImageConstruct,
  synthesize,
  type ImageProps,
  type OutputReport,
  type SynthOptions,
} from '../../../src';
import { afterEachImage } from '../../../src/synth/after-each-image';
import { EarlyOutput } from '../../../src/synth/early-output';
import { SHOP } from '../image/support';

let outdir: string;
let cache: string;
let rendered: number;

beforeEach(() => {
  [outdir, cache] = [temporaryDirectory(), temporaryDirectory()];
  afterEachImage(() => (rendered += 1));
});

afterEach(() => {
  afterEachImage(undefined);
  jest.restoreAllMocks();
  removeTemporaryDirectories();
});

/** Synthesizes the image `shop`, and counts how often it is rendered for that. */
function synth(options?: SynthOptions, props: Partial<ImageProps> = {}): OutputReport {
  const app = new ImageApp();
  new ImageConstruct(app, 'shop', { ...SHOP, ...props });
  rendered = 0;
  return synthesize(app, outdir, options);
}

describe('a synthesis', () => {
  it('renders and writes, where nothing is said', () => {
    const { written, drift } = synth();
    expect([rendered, drift, written.length > 10]).toEqual([1, true, true]);
    expect(readdirSync(outdir)).toContain('shop');
  });

  it('keeps what was edited, unless it is forced', () => {
    synth();
    appendFileSync(join(outdir, 'shop/README.md'), 'mine');
    expect(errorOf(() => synth()).type).toBe('FILE_WRITE_ERROR');
    expect(synth({ force: true }).written).toEqual(['shop/README.md']);
  });

  it('that checks writes nothing', () => {
    expect(synth({ check: true }).drift).toBe(true);
    expect(readdirSync(outdir)).toEqual([]);
  });

  it('remembers nothing where it runs from its sources, though a place for it is named', () => {
    synth({ cache });
    synth({ cache });
    expect([rendered, readdirSync(cache)]).toEqual([1, []]);
  });
});

describe('what is written before all is judged', () => {
  /** Something that is asked, takes nothing, and says what it was asked. */
  function watched(): string[] {
    const asked: string[] = [];
    const early: Partial<EarlyOutput> = {
      take: (name) => asked.push(`take ${name}`) < 0,
      finish: function* () {
        asked.push('finish');
      },
      discard: () => void asked.push('discard'),
    };
    jest.spyOn(EarlyOutput, 'begin').mockImplementation((_, names) => {
      asked.push(`begin ${names.join(' ')}`);
      return early as EarlyOutput;
    });
    return asked;
  }

  it.each([
    ['is named', undefined],
    ['is named, also where the output is remembered', 'cache'],
  ])('%s, finds its place, and what finds none is discarded', (_, remembered) => {
    pretendToBeBuilt();
    const asked = watched();
    synth(remembered ? { cache } : {});
    expect(asked).toEqual(['begin shop', 'take shop', 'finish', 'discard']);
  });

  it('is nothing where something is wrong before', () => {
    const asked = watched();
    expect(() => synth({}, { nginx: { port: 0 } })).toThrow(/^VALIDATION_ERROR/);
    expect(asked).toEqual(['begin ', 'discard']);
  });
});

/** Here nothing is bundled: what only a package that is built has is given the times of its package.json. */
function pretendToBeBuilt(): void {
  const { existsSync, lstatSync } = fs;
  const isBuilt = (path: PathLike): boolean => /\/src\/(?:[\w-]+\/)*[\w-]+\.js$/.test(String(path));
  jest
    .spyOn(fs, 'existsSync')
    .mockImplementation((path) => (isBuilt(path) ? String(path).endsWith('core.js') : existsSync(path)));
  const look = (path: PathLike, options?: StatSyncOptions) =>
    lstatSync(isBuilt(path) ? join(__dirname, '../../../package.json') : path, options);
  jest.spyOn(fs, 'lstatSync').mockImplementation(look as typeof lstatSync);
}

describe('a synthesis of a package that is built', () => {
  beforeEach(pretendToBeBuilt);

  it('does not render what it remembers to be as it has to be', () => {
    // GIVEN
    const first = synth({ cache });
    expect([rendered, first.drift]).toEqual([1, true]);
    // WHEN
    const second = synth({ cache });
    // THEN
    expect(rendered).toBe(0);
    expect(second).toMatchObject({ drift: false, written: [], unchanged: first.written.length });
  });

  it('remembers an output too that it found as it has to be', () => {
    synth();
    synth({ cache });
    expect(rendered).toBe(1);
    synth({ cache });
    expect(rendered).toBe(0);
  });

  it('renders what has changed', () => {
    synth({ cache });
    const { written } = synth({ cache }, { php: '8.3' });
    expect(rendered).toBe(1);
    expect(written).toContain('shop/amd64/Dockerfile');
  });

  it('remembers nothing where no place for it is named', () => {
    synth({});
    expect(synth({}).drift).toBe(false);
    expect(rendered).toBe(1);
  });

  it('checks by rendering, whatever it remembers', () => {
    synth({ cache });
    expect(synth({ cache, check: true }).drift).toBe(false);
    expect(rendered).toBe(1);
  });

  it('tells what is wrong with a tree, though what stands in for it is remembered', () => {
    // GIVEN
    synth({ cache }, { architectures: ['amd64', 'arm64'] });
    const unknown = { architectures: ['amd64', 'arm64', 'vax'] } as unknown as Partial<ImageProps>;
    // WHEN, THEN
    expect(errorOf(() => synth({ cache }, unknown)).details.map(({ where }) => where)).toEqual(['shop']);
  });
});
