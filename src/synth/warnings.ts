import { byCodePoint } from '../catalog';
import type { ManifestImage } from './manifest';

/** Something that is built all the same, and that a person should know. */
export interface Warning {
  readonly code: 'end-of-life' | 'privileged-port';
  /** Names of the images that it is about. */
  readonly images: readonly string[];
  readonly text: string;
}

/** Ports below this one are the kernel's to give. */
const FIRST_FREE_PORT = 1024;

/**
 * Warnings about the images of a manifest.
 *
 * @param today `YYYY-MM-DD`, the caller's: files hold dates alone, and only a command with a clock says what is past
 */
export function findWarnings({ images }: OutlinedImages, today: string): Warning[] {
  const found = new Map<string, Warning & { readonly images: string[] }>();
  for (const [name, image] of Object.entries(images)) {
    for (const warning of [...endOfLife(image, today), ...privilegedPorts(image)]) {
      const known = found.get(warning.text) ?? { ...warning, images: [] };
      known.images.push(name);
      found.set(warning.text, known);
    }
  }
  return [...found.values()].sort((a, b) => byCodePoint(a.text, b.text));
}

/** What warnings are about. */
export interface OutlinedImages {
  readonly images: Readonly<Record<string, ImageOutline>>;
}

/** What of an image can be out of date, or ask for a privilege. */
export interface ImageOutline {
  readonly php: Pick<ManifestImage['php'], 'version' | 'endOfLife'>;
  readonly platform: ManifestImage['platform'];
  readonly ports: readonly number[];
}

type About = Omit<Warning, 'images'>;

function endOfLife({ php, platform }: ImageOutline, today: string): About[] {
  const { extendedSupport } = platform;
  const extended = extendedSupport ? `; longer support by others or for money until ${extendedSupport}` : '';
  const ends: ReadonlyArray<readonly [string, string | undefined, string]> = [
    [`PHP ${php.version}`, php.endOfLife, ''],
    [`${platform.name} ${platform.release}`, platform.endOfLife, extended],
  ];
  return ends
    .filter(([, date]) => date !== undefined && date < today)
    .map(([what, date, remark]) => ({
      code: 'end-of-life',
      text: `${what} is out of its makers' regular support since ${date}${remark}`,
    }));
}

function privilegedPorts({ ports }: ImageOutline): About[] {
  return ports
    .filter((port) => port < FIRST_FREE_PORT)
    .map((port) => ({
      code: 'privileged-port',
      text: `port ${port} can be bound without privileges only where net.ipv4.ip_unprivileged_port_start is at most ${port}`,
    }));
}
