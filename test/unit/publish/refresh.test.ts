import { collectInputs, ImageApp, ImageConstruct, Testing, type InputLock } from '../../../src';
import { refreshDownloads } from '../../../src/publish/refresh-downloads';
import { refreshEndOfLife } from '../../../src/publish/refresh-end-of-life';

const SHA = 'c'.repeat(64);

function appWith(lock?: InputLock): ImageApp {
  const app = new ImageApp({ lock });
  new ImageConstruct(app, 'shop', { php: '8.3', platform: 'debian', s6: { source: 'overlay' } });
  return app;
}

describe('the downloads of a lock', () => {
  it('move to another release, with the checksums that lie beside its files', async () => {
    // GIVEN
    const asked: string[] = [];
    const fetch = async (address: string): Promise<string> => {
      asked.push(address);
      return `${SHA}  ${address.split('/').at(-1)}\n`;
    };
    // WHEN
    const { s6Overlay } = await refreshDownloads(collectInputs(appWith()), { s6Overlay: '3.9.9.9' }, fetch);
    // THEN
    const url = 'https://github.com/just-containers/s6-overlay/releases/download/v3.9.9.9';
    expect(s6Overlay).toMatchObject({ version: '3.9.9.9', url, arch: { arm64: { sha256: SHA } } });
    expect(asked).toContain(`${url}/s6-overlay-aarch64.tar.xz.sha256`);
  });

  it('are left alone where something else than a checksum lies there, or where nothing is downloaded', async () => {
    const lock = collectInputs(appWith());
    const move = (versions: object, text: string) => refreshDownloads(lock, versions, async () => text);
    await expect(move({ s6Overlay: '9' }, '<html>')).rejects.toThrow('does not begin with a sha256');
    await expect(move({ composer: '9' }, SHA)).rejects.toThrow('no build downloads Composer');
  });
});

describe('the dates of a lock', () => {
  const answers: Readonly<Record<string, object>> = {
    debian: {
      schema_version: '1.2.1',
      result: {
        releases: [
          { name: '13', codename: 'Trixie', eoasFrom: null, eolFrom: '2028-08-10', eoesFrom: '2030-07-01' },
          { name: '12', codename: 'Bookworm', eolFrom: '2026-07-11' },
        ],
      },
    },
    php: { result: { releases: [{ name: '8.3', eoasFrom: '2025-12-31', eolFrom: '2028-01-31', eoesFrom: null }] } },
  };
  const fetch = async (address: string): Promise<string> =>
    JSON.stringify(answers[/^https:\/\/dates\.example\/v1\/products\/(\w+)$/.exec(address)?.[1] ?? '']);
  const refresh = (names: readonly string[]) =>
    refreshEndOfLife(collectInputs(appWith()), names, 'https://dates.example/v1/', fetch);

  it('are those of the source, and stand before those of the catalogue', async () => {
    // WHEN
    const lock = await refresh(['debian trixie', 'php 8.3']);
    // THEN
    expect(lock.endOfLife).toEqual({
      'debian trixie': { date: '2028-08-10', extended: '2030-07-01' },
      'php 8.3': { date: '2028-01-31', active: '2025-12-31' },
    });
    const { manifest, file } = Testing.synth(appWith(lock));
    expect(manifest.images.shop).toMatchObject({
      php: { endOfLife: '2028-01-31' },
      platform: { endOfLife: '2028-08-10', extendedSupport: '2030-07-01' },
    });
    expect(file('shop/amd64/Dockerfile')).toContain('php.end-of-life="2028-01-31"');
  });

  it.each([
    ['a release that the source does not know', ['debian sarge'], 'it has no end of life of debian sarge'],
    ['an answer of another kind', ['alpine 3.24'], 'it does not answer as endoflife.date does'],
  ])('are left alone by %s', async (_, names, what) => {
    await expect(refresh(names)).rejects.toThrow(what);
  });
});
