import { DockerfileGeneratorError } from '../errors/dockerfile-generator-error';
import type { InputLock } from '../synth/input-lock-schema';

/** Versions to move to. */
export interface DownloadVersions {
  /** @default - it stays */
  readonly s6Overlay?: string;
  /** @default - it stays */
  readonly composer?: string;
}

/** Gives the text at an address. */
export type Fetch = (address: string) => Promise<string>;

/**
 * A lock with other versions of what builds download, and with the checksums that their makers publish beside them.
 *
 * @throws DockerfileGeneratorError
 */
export async function refreshDownloads(lock: InputLock, versions: DownloadVersions, fetch: Fetch): Promise<InputLock> {
  const s6Overlay = versions.s6Overlay === undefined ? {} : await moveOverlay(lock, versions.s6Overlay, fetch);
  const composer = versions.composer === undefined ? {} : await moveComposer(lock, versions.composer, fetch);
  return { ...lock, ...s6Overlay, ...composer };
}

async function moveOverlay(lock: InputLock, version: string, fetch: Fetch): Promise<Pick<InputLock, 's6Overlay'>> {
  const before = lock.s6Overlay ?? absent('--s6-overlay', 's6-overlay');
  const url = before.url.replaceAll(before.version, version);
  const download = async ({ file }: { readonly file: string }) => ({
    file,
    sha256: await checksumAt(`${url}/${file}.sha256`, fetch),
  });
  const { noarch, arch } = before;
  return {
    s6Overlay: {
      version,
      url,
      noarch: await download(noarch),
      arch: { amd64: await download(arch.amd64), arm64: await download(arch.arm64) },
    },
  };
}

async function moveComposer(lock: InputLock, version: string, fetch: Fetch): Promise<Pick<InputLock, 'composer'>> {
  const before = lock.composer ?? absent('--composer', 'Composer');
  const url = before.url.replaceAll(before.version, version);
  return { composer: { version, url, sha256: await checksumAt(`${url}.sha256sum`, fetch) } };
}

/** `HEX  NAME`, as sha256sum writes it. */
async function checksumAt(address: string, fetch: Fetch): Promise<string> {
  const [, sha256] = /^([0-9a-f]{64})(?:\s|$)/.exec(await fetch(address)) ?? [];
  if (sha256 === undefined) {
    throw new DockerfileGeneratorError('REGISTRY_ERROR', [
      { where: address, what: 'it does not begin with a sha256', next: 'look at the address and at the version in it' },
    ]);
  }
  return sha256;
}

function absent(option: string, name: string): never {
  throw new DockerfileGeneratorError('VALIDATION_ERROR', [
    { where: option, what: `no build downloads ${name}`, next: 'leave the option out' },
  ]);
}
