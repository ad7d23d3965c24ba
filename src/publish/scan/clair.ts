import { z } from 'zod';
import type { Run } from '../command';
import { callScanner, parseReport } from './call-scanner';
import type { ScanOptions, Scanner, ScanReport, ScanTarget } from './scanner';
import { severityOf } from './severity';

const reportSchema = z.looseObject({
  manifest_hash: z.string(),
  packages: z.record(z.string(), z.looseObject({ name: z.string(), version: z.string().optional() })),
  vulnerabilities: z.record(
    z.string(),
    z.looseObject({
      name: z.string(),
      description: z.string().optional(),
      normalized_severity: z.string(),
      fixed_in_version: z.string().optional(),
    }),
  ),
  package_vulnerabilities: z.record(z.string(), z.array(z.string())),
});

/** Latest update of each of its sources. */
const updatesSchema = z.record(z.string(), z.array(z.looseObject({ date: z.string() })));

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
    const before = await this.lastUpdate(address);
    const raw = await callScanner(
      this.program,
      ['report', `--host=${address}`, '--out=json', reference],
      [0],
      options,
      this.run,
    );
    const text = raw.trim();
    const report = parseReport(
      this.program,
      text,
      z.union([reportSchema, z.tuple([reportSchema]).transform(([one]) => one)]),
    );
    return {
      findings: Object.entries(report.package_vulnerabilities).flatMap(([owner, ids]) =>
        ids.map((id) => {
          const item = report.vulnerabilities[id];
          const where = report.packages[owner];
          return {
            id: item?.name ?? id,
            severity: severityOf(item?.normalized_severity ?? 'HIGH'),
            where: where?.name ?? owner,
            version: where?.version,
            fixedIn: item?.fixed_in_version || undefined,
            title: item?.description,
          };
        }),
      ),
      knowledge: before,
      raw: text,
    };
  }

  private async lastUpdate(address: string): Promise<Date | undefined> {
    const updates = Object.values(parseReport('Clair', await this.ask(address), updatesSchema)).flat();
    const dates = updates.map(({ date }) => Date.parse(date)).filter((time) => !Number.isNaN(time));
    return dates.length === 0 ? undefined : new Date(Math.max(...dates));
  }
}

async function askUpdates(address: string): Promise<string> {
  const url = new URL('/matcher/api/v1/internal/update_operation?kind=vulnerability&latest=true', address);
  const answer = await fetch(url, { signal: AbortSignal.timeout(30_000) });
  if (!answer.ok) {
    throw new Error(`Clair answered ${answer.status} when it was asked for its updates`);
  }
  return answer.text();
}
