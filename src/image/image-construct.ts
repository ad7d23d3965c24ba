import type { Construct, IConstruct } from 'constructs';
import { ARCHITECTURES, byVersion, type Architecture, type Catalog } from '../catalog';
import { BASE_CONFIG, ResolvedConfig, type ConfigLayer, type ImageConfig } from '../config';
import { didYouMean, type Problem } from '../errors';
import { CronConstruct } from './cron-construct';
import type { DeepPartial } from './deep-partial';
import { ImagePart } from './image-part';
import { NginxConstruct } from './nginx-construct';
import { PhpFpmConstruct } from './php-fpm-construct';
import { Platform, SHIPPED_PLATFORMS, shippedPlatform } from './platform';
import { S6Construct } from './s6-construct';
import { resolveTarget, type ImageTarget } from './target';
import { treeCatalog } from './tree-catalog';

const IMAGE = Symbol.for('projen-nginx-php.ImageConstruct');

/** What an image is asked to be. */
export interface ImageProps extends Omit<DeepPartial<ImageConfig>, 'php'> {
  /** PHP version, `8.4`, or the whole of what PHP is told. */
  readonly php: string | (DeepPartial<ImageConfig['php']> & { readonly version: string });
  /** Distribution: `alpine`, `ubuntu`, `debian`, or a platform of your own. */
  readonly platform: string | Platform;
  /**
   * Release of the distribution, as in `FROM`: `3.24`, `24.04`, `trixie`.
   *
   * @default - the newest release that is right for this PHP version
   */
  readonly release?: string;
  /**
   * Architectures to make build contexts for.
   *
   * @default - all: amd64 and arm64
   */
  readonly architectures?: readonly Architecture[];
}

/**
 * An image: nginx and PHP-FPM under s6, and whatever constructs are added below it.
 *
 * Its id is the name of its directory in the output.
 */
export class ImageConstruct extends ImagePart {
  /** The image that a construct stands in; undefined outside of one. */
  static tryOf(construct: IConstruct): ImageConstruct | undefined {
    return construct.node.scopes.reverse().find((scope): scope is ImageConstruct => IMAGE in scope);
  }

  /** The image that a construct stands in; throws outside of one. */
  static of(construct: IConstruct): ImageConstruct {
    const image = ImageConstruct.tryOf(construct);
    if (!image) {
      throw new Error(`${construct.node.path} is not inside an ImageConstruct: create it below one`);
    }
    return image;
  }

  /** Every image at and below a construct, in the order of the tree. */
  static all(root: IConstruct): ImageConstruct[] {
    return root.node.findAll().filter((node): node is ImageConstruct => IMAGE in node);
  }

  readonly platform: Platform;
  readonly architectures: readonly Architecture[];
  /** The release and the PHP that the configuration was resolved to. */
  readonly target: ImageTarget;
  readonly php: PhpFpmConstruct;
  readonly nginx: NginxConstruct;
  readonly s6: S6Construct;
  readonly cron: CronConstruct;

  private readonly resolved: ResolvedConfig;

  constructor(scope: Construct, id: string, props: ImageProps) {
    super(scope, id);
    Object.defineProperty(this, IMAGE, { value: true });
    const note = (problems: readonly Problem[]) => problems.forEach((problem) => this.addProblem(problem));
    this.platform = resolvePlatform(props.platform, treeCatalog(this), note);
    this.architectures = resolveArchitectures(props.architectures, note);
    this.resolved = resolveConfig(this, props, note);
    this.target = resolveTarget({
      platform: this.platform,
      php: this.config.php.version,
      extensions: this.config.php.extensions,
      release: props.release,
      report: (problem) => this.addProblem(problem),
    });
    checkId(id, note);
    this.php = new PhpFpmConstruct(this, 'php-fpm');
    this.nginx = new NginxConstruct(this, 'nginx');
    this.cron = new CronConstruct(this, 'cron');
    this.s6 = new S6Construct(this, 's6');
    this.declarePaths();
  }

  /** The whole configuration. */
  get config(): ImageConfig {
    return this.resolved.values;
  }

  /** Every value of the configuration and the layer that it came from. */
  explainConfig(): ReturnType<ResolvedConfig['explain']> {
    return this.resolved.explain();
  }

  /** Name of the layer that a value of the configuration came from (`php.fpm.maxChildren`). */
  configOrigin(path: string): string | undefined {
    return this.resolved.origin(path);
  }

  /** Whether the release's nginx has a directive. */
  knowsDirective(directive: string): boolean {
    const since = this.platform.catalog.nginxDirectiveSince(directive);
    return since !== undefined && byVersion(since, this.target.release.nginx.version) <= 0;
  }

  private declarePaths(): void {
    this.addWritablePath({
      path: '/run',
      kind: 'tmpfs',
      exec: true,
      mode: '0775',
      purpose: 'sockets and the state of s6',
    });
    this.addWritablePath({
      path: '/tmp',
      kind: 'tmpfs',
      exec: false,
      mode: '1777',
      purpose: 'uploads in flight and temporary files',
    });
    for (const path of this.config.volumes) {
      this.addWritablePath({ path, kind: 'volume', exec: false, mode: '0770', purpose: 'state of the application' });
    }
  }
}

type Note = (problems: readonly Problem[]) => void;

function resolvePlatform(asked: string | Platform, catalog: Catalog, note: Note): Platform {
  if (asked instanceof Platform) {
    return asked;
  }
  const platform = shippedPlatform(asked, catalog);
  if (platform) {
    return platform;
  }
  note([
    {
      where: '',
      what: `there is no platform ${JSON.stringify(asked)}`,
      next: `write ${didYouMean(String(asked), SHIPPED_PLATFORMS)}, or give a Platform of your own`,
    },
  ]);
  return shippedPlatform(SHIPPED_PLATFORMS[0]!, catalog)!;
}

function resolveArchitectures(asked: readonly Architecture[] | undefined, note: Note): readonly Architecture[] {
  if (asked === undefined) {
    return ARCHITECTURES;
  }
  if (!Array.isArray(asked)) {
    note([{ where: '', what: 'architectures is not a list', next: `write a list of: ${ARCHITECTURES.join(', ')}` }]);
    return ARCHITECTURES;
  }
  const unknown = asked.filter((name) => !ARCHITECTURES.includes(name));
  note(
    unknown.map((name) => ({
      where: '',
      what: `there is no architecture ${JSON.stringify(name)}`,
      next: `write ${didYouMean(String(name), ARCHITECTURES)}`,
    })),
  );
  if (asked.length === 0) {
    note([{ where: '', what: 'architectures is empty', next: `name at least one of: ${ARCHITECTURES.join(', ')}` }]);
  }
  return ARCHITECTURES.filter((name) => asked.includes(name));
}

/** The layers base, platform and variant; where they do not hold, the base alone stands in, so that all is checked. */
function resolveConfig(image: ImageConstruct, props: ImageProps, note: Note): ResolvedConfig {
  const { platform, release, architectures, php, ...rest } = props;
  const variant = { ...rest, php: typeof php === 'string' || typeof php === 'number' ? { version: php } : php };
  const below: ConfigLayer[] = [
    { name: 'base', values: BASE_CONFIG },
    { name: `platform ${image.platform.name}`, values: image.platform.config },
  ];
  const { config, problems } = ResolvedConfig.resolve(
    [...below, { name: `variant ${image.node.id}`, values: variant }],
    image.node.path,
  );
  note(problems);
  if (config) {
    return config;
  }
  const known = image.platform.catalog.phpVersions;
  const asked = variant.php?.version ?? '';
  const version = known.includes(asked) ? asked : known.at(-1)!;
  return ResolvedConfig.resolve([...below, { name: 'stand-in', values: { php: { version } } }], image.node.path)
    .config!;
}

/** An id becomes a directory and a part of an image's name. */
function checkId(id: string, note: Note): void {
  if (/^[a-z0-9](?:[a-z0-9._-]{0,126}[a-z0-9])?$/.test(id) && !id.includes('..') && id !== 'manifest.json') {
    return;
  }
  note([
    {
      where: '',
      what: `${JSON.stringify(id)} cannot be the name of an image`,
      why: 'the id names a directory of the output and a repository of a registry',
      next: 'use lower-case letters, digits, dots, dashes and underscores',
    },
  ]);
}
