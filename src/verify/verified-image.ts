import type { ManifestImage } from '../synth/manifest';

/** What a verification reads of the manifest. Every image of a manifest is one. */
export interface VerifiedImage extends Pick<
  ManifestImage,
  'php' | 'platform' | 'supervisor' | 'user' | 'ports' | 'writablePaths' | 'packages'
> {
  /**
   * Directory that nginx serves.
   *
   * @default '/var/www/html/public'
   */
  readonly documentRoot?: string;
  /**
   * Hosts that are answered.
   *
   * @default - all
   */
  readonly serverNames?: readonly string[];
  /**
   * Networks whose X-Forwarded-For is believed.
   *
   * @default - none
   */
  readonly trustedProxies?: readonly string[];
  /**
   * PHP files that may run, as paths of URLs; the first one is the front controller.
   *
   * @default ['/index.php']
   */
  readonly entryPoints?: readonly string[];
  /**
   * Port of HTTP.
   *
   * @default - the first of the ports
   */
  readonly port?: number;
  /**
   * Where TLS is spoken, and the paths of the files that are mounted for it.
   *
   * @default - nowhere
   */
  readonly tls?: ManifestImage['tls'];
  /**
   * Programs beside nginx and PHP-FPM, start-up steps and cron jobs.
   *
   * @default - none
   */
  readonly services?: ManifestImage['services'];
}

/** Directory that nginx serves. */
export function documentRootOf(image: VerifiedImage): string {
  return image.documentRoot ?? '/var/www/html/public';
}

/** The PHP files that may run, as paths of URLs; the first one is the front controller. */
export function entryPointsOf(image: VerifiedImage): readonly [string, ...string[]] {
  const [first = '/index.php', ...others] = image.entryPoints ?? [];
  return [first, ...others];
}

/** The ports at which nginx serves: of HTTP, and of TLS where it is spoken. */
export function serverPorts(image: VerifiedImage): readonly [number, ...number[]] {
  const plain = image.port ?? image.ports[0] ?? 8080;
  return image.tls ? [plain, image.tls.port] : [plain];
}

/** A host that the image answers. */
export function hostOf(image: VerifiedImage): string {
  return image.serverNames?.[0]?.replace('*', 'www') ?? 'localhost';
}

/** User and group id of the image. */
export function accountOf(image: VerifiedImage): { readonly uid: number; readonly gid: number } {
  const [uid, gid] = image.user.split(':').map(Number);
  return { uid: uid!, gid: gid ?? 0 };
}
