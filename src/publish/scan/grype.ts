import { z } from 'zod';
import type { Run } from '../command';
import { callScanner, parseReport } from './call-scanner';
import type { ScanOptions, Scanner, ScanReport, ScanTarget } from './scanner';
import { severityOf } from './severity';

const schema = z.looseObject({
  matches: z.array(
    z.looseObject({
      vulnerability: z.looseObject({
        id: z.string(),
        severity: z.string().optional(),
        description: z.string().optional(),
        fix: z.looseObject({ versions: z.array(z.string()).nullish(), state: z.string().optional() }).optional(),
      }),
      artifact: z.looseObject({ name: z.string(), version: z.string() }),
    }),
  ),
  descriptor: z.looseObject({
    name: z.literal('grype'),
    db: z
      .looseObject({
        // Up to 0.87, and from then on.
        built: z.string().optional(),
        status: z.looseObject({ built: z.string().optional(), valid: z.boolean().optional() }).optional(),
      })
      .nullish(),
  }),
});

/** Grype, of Anchore. */
export class GrypeScanner implements Scanner {
  readonly name = 'grype';

  constructor(
    private readonly program: string = 'grype',
    private readonly run?: Run,
  ) {}

  async scan({ layout, reference, platform }: ScanTarget, options: ScanOptions): Promise<ScanReport> {
    const source = layout === undefined ? `registry:${reference}` : `oci-dir:${layout}`;
    const args = [source, '--output=json', '--quiet', `--platform=${platform}`];
    // Without --fail-on its status says nothing but whether it worked.
    const raw = await callScanner(this.program, args, [0], options, this.run);
    const { matches, descriptor } = parseReport(this.program, raw, schema);
    const built =
      descriptor.db?.status?.valid === false ? undefined : (descriptor.db?.status?.built ?? descriptor.db?.built);
    return {
      findings: matches.map(({ vulnerability, artifact }) => ({
        id: vulnerability.id,
        severity: severityOf(vulnerability.severity),
        where: artifact.name,
        version: artifact.version,
        fixedIn: vulnerability.fix?.versions?.join(', ') || undefined,
        title: vulnerability.description,
      })),
      knowledge: built === undefined ? undefined : new Date(built),
      raw,
    };
  }
}
