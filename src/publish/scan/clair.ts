import { z } from 'zod';
import type { Run } from '../command';
import { callScanner, parseReport } from './call-scanner';
import type { ScanFinding, ScanOptions, Scanner, ScanReport, ScanTarget } from './scanner';
import { severityOf } from './severity';

/** Go writes null for a map that was never made: an image without a package manager has no packages. */
function map<T extends z.ZodType>(value: T): z.ZodType<Record<string, z.output<T>>> {
  return z
    .record(z.string(), value)
    .nullable()
    .transform((one) => one ?? {});
}

const reportSchema = z.looseObject({
  manifest_hash: z.string(),
  packages: map(z.looseObject({ name: z.string(), version: z.string().optional() })),
  distributions: map(z.looseObject({ did: z.string() })),
  vulnerabilities: map(
    z.looseObject({
      name: z.string(),
      description: z.string().optional(),
      normalized_severity: z.string(),
      fixed_in_version: z.string().optional(),
    }),
  ),
  package_vulnerabilities: map(z.array(z.string())),
});

type Report = z.infer<typeof reportSchema>;

/** The latest updates of each of its sources: `debian/updater`, `alpine-main-v3.22-updater`, `ubuntu/updater/noble`. */
const updatesSchema = map(z.array(z.looseObject({ date: z.string() })));

type Updates = z.infer<typeof updatesSchema>;

/** Its sources for a distribution begin with the name of that; these are called otherwise. */
const SOURCES: Readonly<Record<string, string>> = { amzn: 'aws', ol: 'oracle', 'opensuse-leap': 'suse', sles: 'suse' };

/** How Clair is asked when its sources were updated. */
export type AskUpdates = (address: string) => Promise<string>;

/** Clair, of Quay, by clairctl. While its database still loads it reports no findings: so it is asked for its age. */
export class ClairScanner implements Scanner {
  readonly name = 'clair';

  constructor(
    private readonly program: string = 'clairctl',
    private readonly run?: Run,
    private readonly ask: AskUpdates = askUpdates,
  ) {}

  async scan({ reference }: ScanTarget, options: ScanOptions): Promise<ScanReport> {
    const address = options.environment.CLAIR_API;
    if (!address) {
      throw new Error('CLAIR_API does not name the service');
    }
    // Before the report: it knows at least that much.
    const updates = parseReport('Clair', await this.ask(address), updatesSchema);
    const args = ['report', `--host=${address}`, '--out=json', reference];
    const raw = (await callScanner(this.program, args, [0], options, this.run)).trim();
    if (raw === 'null') {
      // It ends with 0 all the same.
      throw new Error(
        `${this.program} printed no report that can be read: Clair gave it none, and its own log says why`,
      );
    }
    const report = parseReport(this.program, raw, reportSchema);
    if (!reference.endsWith(`@${report.manifest_hash}`)) {
      throw new Error(`${this.program} printed the report of ${report.manifest_hash}`);
    }
    return { findings: findingsOf(report), knowledge: knowledgeOf(report, updates), raw };
  }
}

function findingsOf(report: Report): ScanFinding[] {
  return Object.entries(report.package_vulnerabilities).flatMap(([owner, ids]) =>
    ids.map((id) => {
      const item = report.vulnerabilities[id];
      const where = report.packages[owner];
      return {
        id: item?.name ?? id,
        severity: severityOf(item?.normalized_severity ?? 'HIGH'),
        where: where?.name ?? owner,
        version: where?.version,
        fixedIn: fixedIn(item?.fixed_in_version),
        title: item?.description,
      };
    }),
  );
}

/** Of the ecosystems of languages it writes a range: `fixed=1.2&introduced=1.0`. */
function fixedIn(text = ''): string | undefined {
  const range = /^(?:fixed|introduced|lastAffected)=/.test(text);
  return (range ? new URLSearchParams(text).getAll('fixed').join(', ') : text) || undefined;
}

/**
 * When the sources of each distribution of an image were updated last; of those, the oldest. Undefined while one of
 * them has no source yet.
 */
function knowledgeOf({ distributions }: Report, updates: Updates): Date | undefined {
  const all = Object.entries(updates);
  const names = Object.values(distributions).map(({ did }) => SOURCES[did] ?? did);
  const times =
    names.length === 0 ? [newest(all)] : names.map((name) => newest(all.filter(([source]) => isOf(source, name))));
  return times.includes(undefined) ? undefined : new Date(Math.min(...(times as number[])));
}

/** `debian/updater` is of Debian, and `rhel-vex` of RHEL. */
function isOf(source: string, distribution: string): boolean {
  return source.startsWith(`${distribution}/`) || source.startsWith(`${distribution}-`);
}

function newest(updates: ReadonlyArray<[string, Updates[string]]>): number | undefined {
  const times = updates.flatMap(([, list]) => list.map(({ date }) => Date.parse(date))).filter((time) => time > 0);
  return times.length === 0 ? undefined : Math.max(...times);
}

async function askUpdates(address: string): Promise<string> {
  const url = new URL('/matcher/api/v1/internal/update_operation?kind=vulnerability&latest=true', address);
  const answer = await fetch(url, { signal: AbortSignal.timeout(30_000) });
  if (!answer.ok) {
    throw new Error(`Clair answered ${answer.status} when it was asked for its updates`);
  }
  return answer.text();
}
