import { scriptJson } from './html';
import type { ImageReport, ReportedFinding } from './image-report';

/** Values, each once; what is the same for many images is told once. */
class Table {
  private readonly known = new Map<string, number>();

  /** Place of a value. */
  add(value: unknown): number {
    const text = scriptJson(value);
    const index = this.known.get(text) ?? this.known.size;
    this.known.set(text, index);
    return index;
  }

  /** The values as JSON; kept as texts alone, they take little memory. */
  get items(): Iterable<string> {
    return this.known.keys();
  }
}

/** What many images have alike. */
interface Tables {
  readonly lists: Table;
  readonly texts: Table;
}

/**
 * What the script of the page reads, as JSON for its element and in pieces: lists are places in `lists`, commands are
 * places in `texts`.
 */
export function* pageData(images: readonly ImageReport[]): Generator<string> {
  const tables = { lists: new Table(), texts: new Table() };
  const places = images.map((report) => placesOf(report, tables));
  yield '{"lists":';
  yield* jsonList(tables.lists.items);
  yield ',"texts":';
  yield* jsonList(tables.texts.items);
  yield ',"images":';
  yield* jsonList(rows(images, places));
  yield '}';
}

function* jsonList(items: Iterable<string>): Generator<string> {
  let before = '[';
  for (const item of items) {
    yield `${before}${item}`;
    before = ',';
  }
  yield before === '[' ? '[]' : ']';
}

function* rows(images: readonly ImageReport[], places: readonly Places[]): Generator<string> {
  for (const [index, report] of images.entries()) {
    yield rowOf(report, places[index]!);
  }
}

/** Where the lists and the texts of an image stand. */
type Places = ReturnType<typeof placesOf>;

function placesOf(report: ImageReport, { lists, texts }: Tables) {
  const { image, commands } = report;
  const addFindings = (findings: readonly ReportedFinding[]): number | undefined =>
    findings.length > 0
      ? lists.add(findings.map(({ rule, what, file, next }) => [rule, what, file ?? null, next ?? null]))
      : undefined;
  return {
    ports: lists.add(image.ports),
    hosts: lists.add(image.serverNames),
    proxies: lists.add(image.trustedProxies),
    writable: lists.add(image.writablePaths.map(({ path, kind, mode, exec }) => [path, kind, mode, exec ? 1 : 0])),
    packages: lists.add(image.packages.map(({ name, origin, certainty }) => [name, origin, certainty])),
    extensions: lists.add(image.php.extensions),
    cli: lists.add(image.php.cliOnlyExtensions),
    bases: lists.add(basesOf(report)),
    rules: lists.add(report.rules),
    skipped: report.skipped.length > 0 ? lists.add(report.skipped) : undefined,
    warnings: addFindings(report.warnings),
    violations: addFindings(report.violations),
    build: texts.add(commands.build),
    run: texts.add([commands.run.join('\n')]),
    files: lists.add(report.files),
  };
}

function basesOf({ image }: ImageReport): unknown[] {
  return Object.entries(image.architectures).map(([name, { base, downloads }]) => [
    name,
    base.reference,
    base.digest,
    base.kind,
    downloads.map(({ url, sha256 }) => [url, sha256]),
  ]);
}

/** The keys stand in the order in which the script was written for them. */
function rowOf({ name, image, grants }: ImageReport, places: Places): string {
  const { php, platform } = image;
  return scriptJson({
    name,
    path: image.path === name ? undefined : image.path,
    php: php.version,
    phpEnd: php.endOfLife,
    platform: [platform.name, platform.release, platform.endOfLife, platform.extendedSupport],
    supervisor: image.supervisor,
    certainty: image.certainty,
    user: image.user,
    ports: places.ports,
    root: image.documentRoot,
    hosts: places.hosts,
    proxies: places.proxies,
    writable: places.writable,
    source: image.packageSource,
    packages: places.packages,
    extensions: places.extensions,
    cli: places.cli,
    bases: places.bases,
    rules: places.rules,
    skipped: places.skipped,
    warnings: places.warnings,
    violations: places.violations,
    grants:
      grants.length > 0
        ? grants.map((grant) => [grant.subject, grant.reason, grant.heldBack.map(({ rule }) => rule)])
        : undefined,
    build: places.build,
    run: places.run,
    files: places.files,
  });
}
