import { resolveExtensions, type ComposerFacts } from '../catalog';
import { isAtOrBelow } from '../config';
import type { Problem } from '../errors';
import type { ApplicationProps, ComposerSource } from './contributions';
import type { ImageConstruct } from './image-construct';
import { imageParts, type ImagePart } from './image-part';
import { PATHS } from './paths';

/** What Composer reads. */
const COMPOSER_FILES = ['composer.json', 'composer.lock'];

/** Extensions that Composer needs for its own work, where a release has them apart from PHP. */
const COMPOSER_EXTENSIONS = ['curl', 'iconv', 'json', 'mbstring', 'openssl', 'phar', 'zip', 'zlib'];

/** How Composer is had in the build. */
export interface ComposerDescription {
  readonly source: ComposerSource;
  /** Packages of its stage: PHP with the extensions of the image and those that Composer needs. */
  readonly packages: readonly string[];
  /** Where it lies in the stage. */
  readonly program: string;
  readonly download?: ComposerFacts;
}

/** The code that a build brings into the image. */
export interface ApplicationDescription {
  /** Relative to the working directory of the synthesis. */
  readonly directory: string;
  /** What is taken of it, by code point. */
  readonly paths: readonly string[];
  readonly composer?: ComposerDescription;
}

/** The application of an image; undefined where its code arrives otherwise. */
export function describeApplication(image: ImageConstruct): ApplicationDescription | undefined {
  const [props] = imageParts(image).flatMap(({ contributions }) => contributions.applications);
  if (!props) {
    return undefined;
  }
  const composer = describeComposer(image, props);
  return {
    directory: props.directory ?? '.',
    paths: [...new Set([...props.paths, ...(composer ? COMPOSER_FILES : [])])].sort(),
    composer,
  };
}

function describeComposer(image: ImageConstruct, props: ApplicationProps): ComposerDescription | undefined {
  if (props.composer === false) {
    return undefined;
  }
  const { release, php, extensionPackages } = image.target;
  const { catalog, name: platform } = image.platform;
  const source = props.composer ?? (canUsePackage(image) ? 'distribution' : 'download');
  const packaged = source === 'distribution' ? release.composer : undefined;
  const place = { platform, release: release.name, php: image.config.php.version };
  const packages = [
    php.packages.cli,
    ...extensionPackages,
    ...resolveExtensions(catalog, place, COMPOSER_EXTENSIONS).packages,
    ...(packaged ? [packaged.package] : []),
    ...(props.buildPackages ?? []).flatMap((item) => (typeof item === 'string' ? item : (item[platform] ?? []))),
  ];
  return {
    source,
    packages: [...new Set(packages)].sort(),
    program: packaged?.path ?? '/usr/local/lib/composer.phar',
    download: packaged ? undefined : catalog.composer,
  };
}

/** The package runs on the PHP that the distribution has itself; another one may be too old, or too new, for it. */
function canUsePackage({ target }: ImageConstruct): boolean {
  return target.release.composer !== undefined && target.php.origin === 'archive';
}

/** What of an application could not be built, or would bring in what belongs into no image. */
export function checkApplications(image: ImageConstruct): Problem[] {
  const all = imageParts(image).flatMap((part) =>
    part.contributions.applications.map((application) => ({ part, application })),
  );
  return all.flatMap(({ part, application }, index) => [
    ...(index > 0 ? [problem(part, `${all[0]!.part.node.path} brings an application already`, 'bring one in')] : []),
    ...checkPaths(part, application),
    ...checkDocumentRoot(image, part, application),
    ...checkComposer(image, part, application),
  ]);
}

const PATH = /^(?!\.{1,2}(?:\/|$))[A-Za-z0-9._@+-]+(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._@+-]+)*$/;

/** Names of files with secrets. */
const SECRET =
  /(?:^|\/)(?:\.env(?!\.(?:dist|example|local\.php|sample|template)$)(?:\..+)?|\.git|\.npmrc|\.ssh|auth\.json|id_(?:dsa|ecdsa|ed25519|rsa))(?:\/|$)/;

function checkPaths(part: ImagePart, { paths, directory = '.', composer }: ApplicationProps): Problem[] {
  const made = composer === false ? [] : ['vendor'];
  const listed = [...paths].sort();
  return [
    ...(paths.length > 0 ? [] : [problem(part, 'paths is empty', "name what the image gets: ['public', 'src']")]),
    ...(directory === '' || /[\0\n"\\$]/.test(directory)
      ? [problem(part, `${JSON.stringify(directory)} is no directory`, 'write a relative path, such as ../shop')]
      : []),
    ...listed.flatMap((path, index) => {
      const parent = listed.slice(0, index).find((other) => isAtOrBelow(path, other));
      return [
        ...(PATH.test(path)
          ? []
          : [
              problem(
                part,
                `${JSON.stringify(path)} is not a path of the application`,
                'write it as src or public/css',
              ),
            ]),
        ...(SECRET.test(path)
          ? [problem(part, `${path} has the name of a secret`, 'leave it out, and mount it when the container starts')]
          : []),
        ...(made.includes(path) ? [problem(part, `${path} is what Composer makes`, 'leave it out')] : []),
        ...(parent === undefined ? [] : [problem(part, `${path} comes with ${parent}`, 'name one of the two')]),
      ];
    }),
  ];
}

function checkDocumentRoot(image: ImageConstruct, part: ImagePart, { paths }: ApplicationProps): Problem[] {
  const { documentRoot } = image.config.nginx;
  const below = documentRoot.slice(PATHS.application.length + 1);
  const isBrought =
    documentRoot === PATHS.application ||
    !isAtOrBelow(documentRoot, PATHS.application) ||
    paths.some((path) => isAtOrBelow(below, path) || isAtOrBelow(path, below));
  return isBrought
    ? []
    : [problem(part, `no path brings the document root ${documentRoot}`, `add '${below}' to paths`)];
}

function checkComposer(image: ImageConstruct, part: ImagePart, { composer }: ApplicationProps): Problem[] {
  if (composer !== 'distribution' || canUsePackage(image)) {
    return [];
  }
  const { platform, target, config } = image;
  const where = `${platform.name} ${target.release.name}`;
  return [
    problem(
      part,
      target.release.composer
        ? `the Composer of ${where} is made for its own PHP, not for PHP ${config.php.version} of ${target.php.origin}`
        : `the catalogue knows no package of Composer on ${where}`,
      "set composer to 'download'",
    ),
  ];
}

function problem(part: ImagePart, what: string, next: string): Problem {
  return { where: part.node.path, what, next };
}
