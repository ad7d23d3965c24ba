import { byCodePoint, CERTAINTIES, type Architecture, type Certainty } from '../catalog';
import { baseDigest, ownServices, packageOrigins, type ImageConstruct, type ImageDescription } from '../image';
import type { ManifestImage } from './manifest';

/**
 * An image as the manifest tells of it.
 *
 * @param directory that of its application, relative to the manifest
 */
export function manifestImage(
  image: ImageConstruct,
  description: ImageDescription,
  directory: string | undefined,
): ManifestImage {
  const { release, php, lifecycle } = image.target;
  const packages = packageOrigins(image);
  const services = ownServices(image);
  return {
    path: image.node.path,
    php: {
      version: image.config.php.version,
      endOfLife: lifecycle?.securitySupportEnd,
      extensions: [...image.config.php.extensions].sort(byCodePoint),
      uploads: image.config.php.uploads,
      cliOnlyExtensions: [...image.target.cliOnlyExtensions].sort(byCodePoint),
    },
    platform: {
      name: image.platform.name,
      release: release.name,
      endOfLife: release.endOfLife.date,
      extendedSupport: release.endOfLife.extended,
    },
    supervisor: image.config.s6.source,
    certainty: worst([
      php.certainty,
      release.base.certainty,
      ...packages.filter(({ origin }) => origin !== 'user').map((item) => item.certainty),
      ...(description.overlay ? [description.overlay.certainty] : []),
      ...composerCertainty(image, description),
    ]),
    user: `${image.config.security.uid}:${image.config.security.gid}`,
    ports: [...description.ports],
    ...(image.config.nginx.port === description.ports[0] ? {} : { port: image.config.nginx.port }),
    ...(image.config.nginx.tls ? { tls: { ...image.config.nginx.tls } } : {}),
    ...(services.length > 0 ? { services } : {}),
    documentRoot: image.config.nginx.documentRoot,
    entryPoints: [...image.config.nginx.entryPoints],
    serverNames: [...image.config.nginx.serverNames],
    trustedProxies: [...image.config.nginx.trustedProxies],
    writablePaths: description.writablePaths.map(({ path, kind, exec, mode }) => ({ path, kind, exec, mode })),
    grants: image.config.php.grants.map((grant) => ({
      subject: 'function' in grant ? grant.function : grant.setting,
      reason: grant.reason,
    })),
    packageSource: 'live',
    packages,
    ...applicationOf(description, directory),
    architectures: Object.fromEntries(image.architectures.map((name) => [name, architecture(name)])),
  };

  function architecture(name: Architecture): ManifestImage['architectures'][string] {
    const { digest, kind } = baseDigest(release.base, name);
    const { overlay, repository } = description;
    const composer = description.application?.composer?.download;
    return {
      context: `${image.node.id}/${name}`,
      platform: `linux/${name}`,
      base: { reference: `${release.base.repository}:${release.base.tag}`, digest, kind },
      downloads: [
        ...(overlay
          ? [overlay.noarch, overlay.arch[name]].map(({ file, sha256 }) => ({ url: `${overlay.url}/${file}`, sha256 }))
          : []),
        ...(repository ? [{ url: repository.key.url, sha256: repository.key.sha256 }] : []),
        ...(composer ? [{ url: composer.url, sha256: composer.sha256 }] : []),
      ],
    };
  }
}

function applicationOf({ application }: ImageDescription, directory = '.'): Pick<ManifestImage, 'application'> {
  return application
    ? { application: { directory, paths: [...application.paths], composer: application.composer?.source ?? 'none' } }
    : {};
}

function composerCertainty(image: ImageConstruct, { application }: ImageDescription): Certainty[] {
  const facts = application?.composer?.download ?? image.target.release.composer;
  return application?.composer && facts ? [facts.certainty] : [];
}

function worst(certainties: readonly Certainty[]): Certainty {
  return CERTAINTIES[Math.max(...certainties.map((certainty) => CERTAINTIES.indexOf(certainty)))]!;
}
