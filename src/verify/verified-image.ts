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
}

/** Directory that nginx serves. */
export function documentRootOf(image: VerifiedImage): string {
  return image.documentRoot ?? '/var/www/html/public';
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
