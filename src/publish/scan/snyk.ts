import { z } from 'zod';
import type { Run } from '../command';
import { callScanner, parseReport } from './call-scanner';
import type { ScanOptions, Scanner, ScanReport, ScanTarget } from './scanner';
import { severityOf } from './severity';

/** 0: nothing found; 1: something found; 2 and 3 are failures. */
const STATUSES = [0, 1];

const result = z.looseObject({
  ok: z.boolean(),
  vulnerabilities: z.array(
    z.looseObject({
      id: z.string(),
      title: z.string().optional(),
      packageName: z.string(),
      version: z.string().optional(),
      severity: z.string(),
      nearestFixedInVersion: z.string().optional(),
      fixedIn: z.array(z.string()).optional(),
      identifiers: z.looseObject({ CVE: z.array(z.string()).optional() }).optional(),
    }),
  ),
});

/** One result, or several where an image holds applications too. */
const schema = z.union([z.array(result).min(1), result.transform((one) => [one])]);

/** Snyk. Its knowledge is a service that is asked each time: it is as fresh as the answer. */
export class SnykScanner implements Scanner {
  readonly name = 'snyk';

  constructor(
    private readonly program: string = 'snyk',
    private readonly run?: Run,
    private readonly now: () => Date = () => new Date(),
  ) {}

  async scan({ reference, platform }: ScanTarget, options: ScanOptions): Promise<ScanReport> {
    const args = ['container', 'test', reference, '--json', `--platform=${platform}`];
    const raw = await callScanner(this.program, args, STATUSES, options, this.run);
    const results = parseReport(this.program, raw, schema);
    return {
      findings: results.flatMap(({ vulnerabilities }) =>
        vulnerabilities.map((item) => ({
          id: item.identifiers?.CVE?.[0] ?? item.id,
          severity: severityOf(item.severity),
          where: item.packageName,
          version: item.version,
          fixedIn: item.nearestFixedInVersion || item.fixedIn?.join(', ') || undefined,
          title: item.title,
        })),
      ),
      knowledge: this.now(),
      raw,
    };
  }
}
