import type { Environment } from './environment';
import { identityOf } from './identity';
import { registryHost } from './registry-address';
import { byCodePoint } from '../catalog/order';
import { DockerfileGeneratorError } from '../errors/dockerfile-generator-error';
import type { Manifest, ManifestImage } from '../synth/manifest';
import { selectImages, type ImageSelection } from '../verify/select-images';

/** One architecture of an image, as it has to be. */
export interface WantedArchitecture {
  /** `amd64` */
  readonly architecture: string;
  /** `linux/amd64` */
  readonly platform: string;
  /** Path of the context in the output. */
  readonly context: string;
  readonly identity: string;
  /** Whether this run makes it; the others are only looked for. */
  readonly selected: boolean;
}

/** A repository of a registry, and the tags of it that an image gets. */
export interface Destination {
  /** `registry.example.com/shop/web` */
  readonly id: string;
  /** `registry.example.com` */
  readonly registry: string;
  /** `shop/web` */
  readonly repository: string;
  readonly tags: readonly string[];
}

/** An image that is to be published. */
export interface WantedImage {
  readonly name: string;
  readonly image: ManifestImage;
  readonly architectures: readonly WantedArchitecture[];
  readonly destinations: readonly Destination[];
}

/** One of several machines that share the work. */
export interface Shard {
  /** From 1 on. */
  readonly index: number;
  readonly count: number;
}

/** What of a manifest is meant, and where it goes. */
export interface WantedOptions extends ImageSelection {
  readonly environment: Pick<Environment, 'registries' | 'repository' | 'tags'>;
  /** Fills in {tag}. */
  readonly tag: string;
  /** Stages that are taken from elsewhere: an input of the build. */
  readonly buildContexts: readonly string[];
  /** Hash of the files that the build of an image takes of its application; @default - it takes none */
  readonly application?: (image: string) => string | undefined;
  readonly shard?: Shard;
}

const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

const REPOSITORY = /^[a-z0-9]+(?:(?:\.|_{1,2}|-+|\/)[a-z0-9]+)*$/;

/**
 * The images that are meant, in the order of their names.
 *
 * @throws DockerfileGeneratorError VALIDATION_ERROR
 */
export function wantedImages(manifest: Manifest, options: WantedOptions): WantedImage[] {
  const { arch, shard } = options;
  let counter = 0;
  const wanted = selectImages(manifest, options)
    .sort(([a], [b]) => byCodePoint(a, b))
    .map(([name, image]) => ({
      name,
      image,
      architectures: Object.entries(image.architectures)
        .sort(([a], [b]) => byCodePoint(a, b))
        .map(([architecture, { platform, context }]) => ({
          architecture,
          platform,
          context,
          identity: identityOf(manifest, name, architecture, options.buildContexts, options.application?.(name)),
          selected:
            (arch === undefined || arch === architecture) &&
            (shard === undefined || counter++ % shard.count === shard.index - 1),
        })),
      destinations: destinationsOf(name, image, options),
    }));
  assertNames(wanted);
  return wanted;
}

function destinationsOf(name: string, image: ManifestImage, options: WantedOptions): Destination[] {
  const values: Record<string, string> = {
    name,
    php: image.php.version,
    platform: image.platform.name,
    release: image.platform.release,
  };
  const repository = fill(options.environment.repository, values);
  const tags = options.environment.tags.map((template) => fill(template, { ...values, tag: options.tag }));
  return options.environment.registries.map(({ registry: given, namespace }) => {
    const registry = registryHost(given);
    const path = namespace ? `${namespace}/${repository}` : repository;
    return { id: `${registry}/${path}`, registry, repository: path, tags: [...new Set(tags)] };
  });
}

function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
}

/** Names that no registry takes, and two images under one name. */
function assertNames(images: readonly WantedImage[]): void {
  const owners = new Map<string, string>();
  const problems = images.flatMap(({ name, destinations }) =>
    destinations.flatMap(({ id, repository, tags }) => [
      ...(REPOSITORY.test(repository) ? [] : [badName(name, `repository ${JSON.stringify(repository)}`)]),
      ...tags.flatMap((tag) => {
        const other = owners.get(`${id}:${tag}`);
        owners.set(`${id}:${tag}`, name);
        return [
          ...(TAG.test(tag) ? [] : [badName(name, `tag ${JSON.stringify(tag)}`)]),
          ...(other === undefined || other === name ? [] : [twice(name, other, `${id}:${tag}`)]),
        ];
      }),
    ]),
  );
  if (problems.length > 0) {
    throw new DockerfileGeneratorError('VALIDATION_ERROR', problems);
  }
}

function badName(image: string, what: string): { where: string; what: string; next: string } {
  return {
    where: image,
    what: `no registry takes the ${what}`,
    next: 'repositories are lower case letters, digits, and . _ - / between them; tags start with a letter or a digit',
  };
}

function twice(image: string, other: string, reference: string): { where: string; what: string; next: string } {
  return {
    where: image,
    what: `${other} is published as ${reference} too`,
    next: 'put {name}, or {php} and {platform}, into the repository or the tags of the environment',
  };
}
