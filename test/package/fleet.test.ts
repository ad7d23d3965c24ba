import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandOf, installTarball } from './support/pack';

/** As many images as a thread of their own is started for, and some; BROKEN is what becomes of the last one. */
const IMAGES = `
import { ImageConstruct } from 'projen-nginx-php';

export default function images(app) {
  for (let index = 0; index < 105; index++) {
    const platform = ['alpine', 'debian', 'ubuntu'][index % 3];
    const image = new ImageConstruct(app, 'shop-' + index, { php: '8.4', platform, architectures: ['amd64'] });
    if (index === 104 && process.env.BROKEN) {
      image.patchFile('Dockerfile', (text) => text.replace(/^USER .*$/m, 'USER root'));
    }
  }
}
`;

/** How often one is killed; the moments are others each time. */
const KILLS = Number(process.env.KILLS ?? 6);

interface Manifest {
  readonly files: Readonly<Record<string, { readonly sha256: string; readonly executable?: boolean }>>;
}

describe('a fleet that is written for the first time', () => {
  let folder: string;
  let output: string;

  /** Synthesizes; kills it after some milliseconds. */
  const synth = (options: { kill?: number; broken?: string; args?: string[] } = {}): Promise<number | null> => {
    const child = spawn(commandOf(installTarball()), ['synth', '--app', 'images.mjs', ...(options.args ?? [])], {
      cwd: folder,
      stdio: 'ignore',
      env: { ...process.env, BROKEN: options.broken ?? '' },
    });
    if (options.kill !== undefined) {
      setTimeout(() => child.kill('SIGKILL'), options.kill);
    }
    return new Promise((resolve) => child.on('exit', resolve));
  };

  /** Files that are not as the manifest says; with those that wait for their place. */
  const wrong = (): string[] => {
    const { files } = JSON.parse(readFileSync(join(output, 'manifest.json'), 'utf8')) as Manifest;
    const differ = Object.entries(files).filter(([path, { sha256 }]) => {
      const bytes = existsSync(join(output, path)) ? readFileSync(join(output, path)) : '';
      return createHash('sha256').update(bytes).digest('hex') !== sha256;
    });
    const early = readdirSync(output).filter((name) => name.startsWith('.'));
    return [...differ.map(([path]) => path), ...early];
  };

  beforeAll(() => {
    folder = mkdtempSync(join(installTarball(), 'fleet-'));
    output = join(folder, 'output');
    writeFileSync(join(folder, 'images.mjs'), IMAGES);
  }, 600_000);

  afterEach(() => rmSync(output, { recursive: true, force: true }));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has every file that its manifest lists, with the bytes that a check finds', async () => {
    // WHEN
    expect(await synth()).toBe(0);
    // THEN
    expect(wrong()).toEqual([]);
    expect(await synth({ args: ['--check'] })).toBe(0);
  }, 120_000);

  it('leaves no directory where its last image breaks a rule', async () => {
    expect(await synth({ broken: 'yes' })).not.toBe(0);
    expect(existsSync(output)).toBe(false);
  }, 120_000);

  it('is finished by the next run, whenever it is killed', async () => {
    // GIVEN the time that one takes
    const begin = performance.now();
    await synth();
    const whole = performance.now() - begin;
    for (let kill = 0; kill < KILLS; kill++) {
      rmSync(output, { recursive: true, force: true });
      // WHEN
      const moment = whole * (0.2 + 0.8 * Math.random());
      await synth({ kill: moment });
      // THEN
      expect([moment, await synth(), wrong()]).toEqual([moment, 0, []]);
    }
  }, 600_000);
});
