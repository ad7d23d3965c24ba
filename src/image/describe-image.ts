import type { Certainty, SystemPackage } from '../catalog';
import { describeApplication } from './application';
import type { WritablePath } from './contributions';
import { DockerfileGeneratorError, type Problem } from '../errors';
import type { ContextFile } from '../model';
import type { ImageConstruct } from './image-construct';
import { imageParts, type ImagePart } from './image-part';
import { PATHS } from './paths';
import type { ImageDescription } from './platform';

/** Where a package comes from and how sure its name is. */
export interface PackageOrigin {
  readonly name: string;
  /** `archive`, the name of a repository, or `user`: named by a construct of the person's own. */
  readonly origin: string;
  readonly certainty: Certainty;
}

/** Everything that the constructs of an image contribute, put together. Throws all that contradicts. */
export function describeImage(image: ImageConstruct): ImageDescription {
  const { config, target, platform } = image;
  const parts = imageParts(image);
  const files = collectFiles(image, parts);
  return {
    name: image.node.id,
    config,
    release: target.release,
    php: target.php,
    lifecycle: target.lifecycle,
    repository: target.php.origin === 'archive' ? undefined : platform.catalog.repository(target.php.origin),
    overlay: config.s6.source === 'overlay' ? platform.catalog.s6Overlay : undefined,
    packages: packageOrigins(image).map(({ name }) => name),
    files,
    environment: collectEnvironment(parts),
    writablePaths: collectWritablePaths(parts),
    ports: collectPorts(parts),
    buildSteps: parts.flatMap((part) => part.contributions.buildSteps),
    entrypoint: image.s6.entrypoint,
    binDirs: image.s6.binDirs,
    healthcheck: [PATHS.php, '-n', PATHS.healthcheck],
    application: describeApplication(image),
  };
}

/** The ports on which the constructs of an image listen, once each. */
export function collectPorts(parts: readonly ImagePart[]): number[] {
  return [...new Set(parts.flatMap((part) => part.contributions.ports))].sort((a, b) => a - b);
}

/** The packages of an image, once each, by code point, with their origins. */
export function packageOrigins(image: ImageConstruct): PackageOrigin[] {
  const { php, extensionPackages } = image.target;
  const extensionsCertainty = php.extensionsCertainty ?? php.certainty;
  // That a repository has a PHP says that it has packages of it; their names follow from its rule alone.
  const sapiCertainty = php.origin === 'archive' ? php.certainty : extensionsCertainty;
  const all: PackageOrigin[] = [
    ...carriedPackages(image).map(({ name, certainty }) => ({ name, origin: 'archive', certainty })),
    ...nginxPackages(image),
    ...[php.packages.cli, php.packages.fpm].map((name) => ({ name, origin: php.origin, certainty: sapiCertainty })),
    ...extensionPackages.map((name) => ({ name, origin: php.origin, certainty: extensionsCertainty })),
    ...supervisorPackages(image),
    ...imageParts(image)
      .flatMap((part) => part.contributions.packages)
      .map((item) => (typeof item === 'string' ? item : item[image.platform.name]))
      .filter((name) => name !== undefined)
      .map((name): PackageOrigin => ({ name, origin: 'user', certainty: 'unverified' })),
  ];
  const byName = new Map([...all].reverse().map((item) => [item.name, item]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function nginxPackages(image: ImageConstruct): PackageOrigin[] {
  const { nginx } = image.target.release;
  const names = [nginx.package, ...(image.config.nginx.brotli ? nginx.brotli : [])];
  return names.map((name) => ({ name, origin: 'archive', certainty: nginx.certainty }));
}

/** System packages of the release, those for an extension only where that one is asked for. */
function carriedPackages(image: ImageConstruct): readonly SystemPackage[] {
  const { extensions } = image.config.php;
  return image.target.release.system.carried.filter(
    ({ forExtension }) => forExtension === undefined || extensions.includes(forExtension),
  );
}

function supervisorPackages(image: ImageConstruct): PackageOrigin[] {
  const { s6 } = image.target.release;
  if (image.config.s6.source === 'overlay' || !s6) {
    return [];
  }
  return s6.packages.map((name) => ({ name, origin: 'archive', certainty: s6.certainty }));
}

/** Directories that the server may write to, by path. Each is one mount, and none hides below a tmpfs. */
function collectWritablePaths(parts: readonly ImagePart[]): WritablePath[] {
  const all = parts.flatMap((part) =>
    part.contributions.writablePaths.map((item) => ({ item, owner: part.node.path })),
  );
  const problems = all.flatMap(({ item, owner }, index) => {
    const other = all.find(
      (earlier, position) =>
        position !== index &&
        ((earlier.item.path === item.path && position < index) ||
          (earlier.item.kind === 'tmpfs' && item.path.startsWith(`${earlier.item.path}/`))),
    );
    const what = `the writable path ${item.path} is, or lies below, ${other?.item.path} of ${other?.owner}`;
    return other === undefined ? [] : [{ where: owner, what, next: 'declare it once' }];
  });
  if (problems.length > 0) {
    throw new DockerfileGeneratorError('VALIDATION_ERROR', problems);
  }
  return all.map(({ item }) => item).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Variables of all constructs, by name. Two constructs may set one if they agree about it. */
function collectEnvironment(parts: readonly ImagePart[]): Map<string, string> {
  const all = parts.flatMap((part) =>
    [...part.contributions.environment].map(([name, value]) => ({ name, value, owner: part.node.path })),
  );
  const first = new Map([...all].reverse().map((item) => [item.name, item]));
  const problems = all
    .filter(({ name, value }) => first.get(name)!.value !== value)
    .map(({ name, owner }) => ({
      where: owner,
      what: `${name} is also set by ${first.get(name)!.owner}, to something else`,
      next: 'set it in one of the two',
    }));
  if (problems.length > 0) {
    throw new DockerfileGeneratorError('VALIDATION_ERROR', problems);
  }
  return new Map(
    [...first.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ name, value }) => [name, value]),
  );
}

interface OwnedFile {
  readonly file: ContextFile;
  readonly owner: string;
}

function collectFiles(image: ImageConstruct, parts: readonly ImagePart[]): ContextFile[] {
  const owned: OwnedFile[] = [];
  const problems: Problem[] = [];
  for (const part of parts) {
    const owner = part.node.path;
    try {
      owned.push(...[...part.renderFiles(), ...contributedFiles(part)].map((file) => ({ file, owner })));
    } catch (error) {
      problems.push(...problemsOf(error, owner));
    }
  }
  problems.push(...findBadPlaces(owned), ...findCollisions(image, owned), ...findTwinSteps(parts));
  if (problems.length > 0) {
    throw new DockerfileGeneratorError('VALIDATION_ERROR', problems);
  }
  return owned.map(({ file }) => file).sort((a, b) => (a.path < b.path ? -1 : 1));
}

function contributedFiles(part: ImagePart): ContextFile[] {
  return part.contributions.files.map(({ target, content, executable }) => ({
    path: `config/files${target}`,
    content,
    executable: executable ?? false,
    target,
  }));
}

/** The problems of an error of ours, each with the construct in front; any other error goes on. */
function problemsOf(error: unknown, owner: string): Problem[] {
  if (!(error instanceof DockerfileGeneratorError)) {
    throw error;
  }
  return error.details.map((problem) => ({ ...problem, where: `${owner} (${problem.where})` }));
}

/** Segments of plain characters, none of them `.` or `..`. */
const CONTEXT_PATH = /^(?!\.{1,2}(?:\/|$))[A-Za-z0-9._@+-]+(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._@+-]+)*$/;

function findBadPlaces(owned: readonly OwnedFile[]): Problem[] {
  const problem = (where: string, path: string, what: string): Problem => ({
    where,
    what: `${JSON.stringify(path)} is not ${what}`,
    next: 'use letters, digits and . _ @ + -, without "." and ".." as a segment',
  });
  return owned.flatMap(({ file: { path, target }, owner }) => [
    ...(CONTEXT_PATH.test(path) ? [] : [problem(owner, path, 'a path inside the build context')]),
    ...(target === undefined || (target.startsWith('/') && CONTEXT_PATH.test(target.slice(1)))
      ? []
      : [problem(owner, target, 'an absolute path in the image')]),
  ]);
}

/** A build step is a file of the context; the later of two would take the place of the first. */
function findTwinSteps(parts: readonly ImagePart[]): Problem[] {
  const seen = new Set<string>();
  return parts.flatMap((part) =>
    part.contributions.buildSteps.flatMap(({ name }) => {
      const twin = seen.has(name);
      seen.add(name);
      return twin
        ? [{ where: part.node.path, what: `two build steps are named ${name}`, next: 'give one of them another name' }]
        : [];
    }),
  );
}

function findCollisions(image: ImageConstruct, owned: readonly OwnedFile[]): Problem[] {
  const problems: Problem[] = [];
  const owners = new Map<string, string>();
  for (const { file, owner } of owned) {
    for (const place of [file.target, `context ${file.path}`]) {
      const other = place === undefined ? undefined : owners.get(place);
      if (other !== undefined) {
        problems.push({
          where: owner,
          what: `${file.target ?? file.path} is also a file of ${other === owner ? 'the same construct' : other}`,
          next: 'give one of the two another path',
        });
        break;
      }
      if (place !== undefined) {
        owners.set(place, owner);
      }
    }
  }
  problems.push(...findNested(image, owned));
  return problems;
}

/** A file cannot lie below another file. */
function findNested(image: ImageConstruct, owned: readonly OwnedFile[]): Problem[] {
  const targets = new Set(owned.map(({ file }) => file.target));
  return owned.flatMap(({ file, owner }) => {
    const parents = (file.target ?? '')
      .split('/')
      .slice(0, -1)
      .map((_, index, all) => all.slice(0, index + 1).join('/'));
    const parent = parents.find((path) => path !== '' && targets.has(path));
    return parent === undefined
      ? []
      : [
          {
            where: owner,
            what: `${file.target} lies below ${parent}, which is a file of ${image.node.id}`,
            next: 'give one of the two another path',
          },
        ];
  });
}
