import { scriptJson } from './html';
import type { ImageReport, ReportedFinding } from './image-report';

/** Values, each once; what is the same for many images is told once. */
class Table<T> {
  private readonly known = new Map<string, number>();

  /** Place of a value. */
  add(value: T): number {
    const text = scriptJson(value);
    const index = this.known.get(text) ?? this.known.size;
    this.known.set(text, index);
    return index;
  }

  /** The values as JSON; kept as texts alone, they take little memory. */
  get json(): string {
    return `[${[...this.known.keys()].join(',')}]`;
  }
}

/** What stands for an image's name in texts that many images share: a character that nobody writes. */
const NAME = '\ue000';

/**
 * What the script of the page reads, as JSON for its element: lists are places in `lists`, commands are places in `texts`.
 */
export function pageData(images: readonly ImageReport[]): string {
  const lists = new Table<unknown>();
  const texts = new Table<readonly string[]>();
  const share = ({ name }: ImageReport, lines: readonly string[]): number =>
    texts.add(lines.map((line) => line.replaceAll(NAME, '').replaceAll(name, NAME)));
  const rows = images.map((report) => {
    const { image } = report;
    return scriptJson({
      name: report.name,
      path: image.path === report.name ? undefined : image.path,
      php: image.php.version,
      phpEnd: image.php.endOfLife,
      platform: [image.platform.name, image.platform.release, image.platform.endOfLife, image.platform.extendedSupport],
      supervisor: image.supervisor,
      certainty: image.certainty,
      user: image.user,
      ports: lists.add(image.ports),
      root: image.documentRoot,
      hosts: lists.add(image.serverNames),
      proxies: lists.add(image.trustedProxies),
      writable: lists.add(image.writablePaths.map(({ path, kind, mode, exec }) => [path, kind, mode, exec ? 1 : 0])),
      source: image.packageSource,
      packages: lists.add(image.packages.map(({ name, origin, certainty }) => [name, origin, certainty])),
      extensions: lists.add(image.php.extensions),
      cli: lists.add(image.php.cliOnlyExtensions),
      bases: lists.add(
        Object.entries(image.architectures).map(([name, { base, downloads }]) => [
          name,
          base.reference,
          base.digest,
          base.kind,
          downloads.map(({ url, sha256 }) => [url, sha256]),
        ]),
      ),
      rules: lists.add(report.rules),
      skipped: report.skipped.length > 0 ? lists.add(report.skipped) : undefined,
      warnings: shareFindings(report.warnings),
      violations: shareFindings(report.violations),
      grants:
        report.grants.length > 0
          ? report.grants.map((grant) => [grant.subject, grant.reason, grant.heldBack.map(({ rule }) => rule)])
          : undefined,
      build: share(report, report.commands.build),
      run: share(report, [report.commands.run]),
      files: lists.add(report.files),
    });

    function shareFindings(findings: readonly ReportedFinding[]): number | undefined {
      return findings.length > 0
        ? lists.add(findings.map(({ rule, what, file, next }) => [rule, what, file ?? null, next ?? null]))
        : undefined;
    }
  });
  return `{"lists":${lists.json},"texts":${texts.json},"images":[${rows.join(',')}]}`;
}
