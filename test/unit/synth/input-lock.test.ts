import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectInputs, ImageApp, ImageConstruct, readInputLock, Testing, type InputLock } from '../../../src';

const OTHER = `sha256:${'a'.repeat(64)}`;

/** An app with an image of each kind of input: a base, a key, s6-overlay. */
function appWith(lock?: InputLock): ImageApp {
  const app = new ImageApp({ lock });
  new ImageConstruct(app, 'shop', { php: '8.3', platform: 'debian', s6: { source: 'overlay' } });
  return app;
}

describe('the lock of the inputs', () => {
  it('holds every input of a tree: base digests, the checksums of downloads, the keys of repositories', () => {
    const inputs = collectInputs(appWith());
    expect(Object.keys(inputs.bases)).toEqual(['debian trixie']);
    expect(Object.keys(inputs.keys)).toEqual(['sury']);
    expect(inputs.s6Overlay?.arch.arm64.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(inputs.packages).toBe('live');
  });

  it('changes nothing when it says what the catalogue says', () => {
    const lock = collectInputs(appWith());
    expect(Testing.synth(appWith(lock)).manifest).toEqual(Testing.synth(appWith()).manifest);
  });

  it('stands before the catalogue', () => {
    // GIVEN
    const lock = collectInputs(appWith());
    lock.bases['debian trixie']!.digests!.arm64 = OTHER;
    // WHEN
    const { file } = Testing.synth(appWith(lock));
    // THEN
    expect(file('shop/arm64/Dockerfile')).toContain(`@${OTHER} AS base`);
    expect(file('shop/amd64/Dockerfile')).not.toContain(OTHER);
  });

  it('refuses an image with an input that it does not hold', () => {
    // GIVEN
    const lock = { ...collectInputs(appWith()), bases: {}, keys: {}, s6Overlay: undefined };
    // WHEN
    const problems = Testing.problems(appWith(lock));
    // THEN
    expect(problems.map(({ what }) => what)).toEqual([
      expect.stringContaining('debian trixie is not in the lock'),
      expect.stringContaining('the key of sury is not in the lock'),
      expect.stringContaining('s6-overlay is not in the lock'),
    ]);
  });

  describe('as a file', () => {
    let directory: string;
    beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'input-lock-'))));
    afterEach(() => rmSync(directory, { recursive: true }));

    it('is read back as it was written', () => {
      const lock = collectInputs(appWith());
      writeFileSync(join(directory, 'lock.json'), JSON.stringify(lock));
      expect(readInputLock(join(directory, 'lock.json'))).toEqual(lock);
    });

    it('may be missing', () => {
      expect(readInputLock(join(directory, 'lock.json'))).toBeUndefined();
    });

    it.each([
      '{',
      '{"version": 2}',
      '{"version":1,"packages":"live","bases":{"debian trixie":{"repository":"r","tag":"t"}},"keys":{}}',
    ])('is refused when it cannot be understood: %s', (text) => {
      writeFileSync(join(directory, 'lock.json'), text);
      expect(() => readInputLock(join(directory, 'lock.json'))).toThrow(/^CONFIG_LOAD_ERROR/);
    });
  });
});
