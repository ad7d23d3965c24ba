import { isDeepStrictEqual } from 'node:util';
import type { Construct, IConstruct } from 'constructs';
import { ARCHITECTURES, byVersion, type Architecture, type Catalog } from '../catalog';
import { BASE_CONFIG, ResolvedConfig, sizeInBytes, type ConfigLayer, type ImageConfig } from '../config';
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

/** A change of the text of a generated file. */
export interface FilePatch {
  readonly path: string;
  readonly edit: (text: string) => string;
}

const NO_PATCHES: readonly FilePatch[] = [];

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

  private readonly layers: ConfigLayer[];
  private patched: readonly FilePatch[] = NO_PATCHES;
  private resolved: ResolvedConfig;
  private locked = false;

  constructor(scope: Construct, id: string, props: ImageProps) {
    super(scope, id);
    const note = (problems: readonly Problem[]) => problems.forEach((problem) => this.addProblem(problem));
    this.platform = resolvePlatform(props.platform, treeCatalog(this), note);
    this.architectures = resolveArchitectures(props.architectures, note);
    this.layers = toLayers(this, props);
    this.resolved = resolveConfig(this, this.layers, note);
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
    [this, this.php, this.nginx, this.cron, this.s6].forEach((part) => part.compact());
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

  /**
   * Changes the configuration, as one more layer above all others: what an aspect does.
   *
   * @param values what is set; what the constructs have read when they were created cannot be changed any more
   * @param layer name of the layer, for `explain config`: `aspect LowMemory`
   */
  configure(values: DeepPartial<ImageConfig>, layer: string): void {
    this.assertOpen();
    const problems: Problem[] = [];
    const changed = resolveConfig(this, [...this.layers, { name: layer, values }], (found) => problems.push(...found));
    const early = EARLY.filter((path) => !isDeepStrictEqual(read(this.config, path), read(changed.values, path)));
    problems.forEach((problem) => this.addProblem(problem));
    early.forEach((path) =>
      this.addProblem({
        what: `${layer} changes ${path}, which was read when the constructs of the image were created`,
        next: `give ${path} in the props of the image`,
      }),
    );
    if (problems.length + early.length === 0) {
      this.layers.push({ name: layer, values });
      this.resolved = changed;
    }
  }

  /**
   * The way out for what has no option: changes the text of a generated file. The rules judge what comes of it.
   *
   * @param path path in the build context, or in the image's directory: `nginx.conf`, `compose.yaml`
   * @param edit gives the new text; a pure function, called for each architecture
   */
  patchFile(path: string, edit: (text: string) => string): void {
    this.assertOpen();
    this.patched = [...this.patched, { path, edit }];
  }

  /** The changes of texts, in the order in which they are made. */
  get patches(): readonly FilePatch[] {
    return this.patched;
  }

  override lock(): void {
    super.lock();
    this.locked = true;
  }

  private assertOpen(): void {
    if (this.locked) {
      throw new TypeError(`${this.node.path} is locked: the aspects have run, and the rules judge what is there`);
    }
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
      exec: this.config.s6.source === 'overlay',
      mode: '0775',
      size: '16M',
      purpose: 'sockets and the state of s6',
    });
    this.addWritablePath({
      path: '/tmp',
      kind: 'tmpfs',
      exec: false,
      mode: '1777',
      size: temporarySize(this.config),
      purpose: 'uploads in flight and temporary files',
    });
    for (const path of this.config.volumes) {
      this.addWritablePath({ path, kind: 'volume', exec: false, mode: '0770', purpose: 'state of the application' });
    }
  }
}

/** Room for the largest body twice, once as nginx and once as PHP keeps it, and for smaller things. */
function temporarySize({ nginx, php }: ImageConfig): string {
  const largest = Math.max(sizeInBytes(nginx.clientMaxBodySize), sizeInBytes(php.postMaxSize));
  return `${Math.max(64, Math.ceil((2 * largest) / 1024 ** 2))}M`;
}

// On the prototype, and not on each of ten thousand images.
Object.defineProperty(ImageConstruct.prototype, IMAGE, { value: true });

type Note = (problems: readonly Problem[]) => void;

function resolvePlatform(asked: string | Platform | undefined, catalog: Catalog, note: Note): Platform {
  if (asked instanceof Platform) {
    return asked;
  }
  if (asked === undefined) {
    note([{ where: '', what: 'platform is not given', next: `write one of: ${SHIPPED_PLATFORMS.join(', ')}` }]);
    return shippedPlatform(SHIPPED_PLATFORMS[0]!, catalog)!;
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

/** What the constructors of the image's own constructs have read. */
const EARLY = [
  'nginx.brotli',
  'nginx.port',
  'nginx.tls',
  'php.extensions',
  'php.version',
  's6.source',
  's6.stopTimeout',
  'volumes',
] as const;

function read(config: ImageConfig, path: (typeof EARLY)[number]): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], config);
}

/** The layers base, platform and variant. */
function toLayers(image: ImageConstruct, props: ImageProps): ConfigLayer[] {
  const { php } = props;
  const rest = Object.entries(props).filter(([name]) => name !== 'php' && !BESIDE.some((beside) => beside === name));
  // V8 would describe what is left of an object by `...rest` for each image anew.
  const variant = Object.fromEntries<unknown>([
    ...rest,
    ['php', typeof php === 'string' || typeof php === 'number' ? { version: php } : php],
  ]);
  return [BASE_LAYER, platformLayer(image.platform), { name: `variant ${image.node.id}`, values: variant }];
}

const BASE_LAYER: ConfigLayer = { name: 'base', values: BASE_CONFIG };

const PLATFORM_LAYERS = new WeakMap<Platform, ConfigLayer>();

function platformLayer(platform: Platform): ConfigLayer {
  const known = PLATFORM_LAYERS.get(platform);
  if (known?.values === platform.config) {
    return known;
  }
  const layer = { name: `platform ${platform.name}`, values: platform.config };
  PLATFORM_LAYERS.set(platform, layer);
  return layer;
}

/** Options that say what an image is, beside its configuration. */
const BESIDE: ReadonlyArray<keyof ImageProps> = ['platform', 'release', 'architectures'];

/** What layers make; where they do not hold, those below the variant stand in, so that all is checked. */
function resolveConfig(image: ImageConstruct, layers: readonly ConfigLayer[], note: Note): ResolvedConfig {
  const { config, problems } = ResolvedConfig.resolve(layers, image.node.path, BESIDE);
  note(problems);
  if (config) {
    return config;
  }
  const known = image.platform.catalog.phpVersions;
  const asked = (layers[2]!.values as Partial<Pick<ImageConfig, 'php'>>).php?.version ?? '';
  const version = known.includes(asked) ? asked : known.at(-1)!;
  const standIn = { name: 'stand-in', values: { php: { version } } };
  return ResolvedConfig.resolve([...layers.slice(0, 2), standIn], image.node.path).config!;
}

/** Files of the output, where the directory of an image would be. */
const RESERVED: readonly string[] = [
  'compliance.json',
  'compliance.sarif',
  'docker-bake.json',
  'index.html',
  'manifest.json',
];

/** An id becomes a directory and a part of an image's name. */
function checkId(id: string, note: Note): void {
  if (/^[a-z0-9](?:[a-z0-9._-]{0,126}[a-z0-9])?$/.test(id) && !id.includes('..') && !RESERVED.includes(id)) {
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
