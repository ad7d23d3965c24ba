import { z } from 'zod';
import type { Run } from '../command';
import { callScanner, parseReport } from './call-scanner';
import type { ScanFinding, ScanOptions, Scanner, ScanReport, ScanTarget } from './scanner';
import { severityOf } from './severity';

/** 0: it worked; 2: it worked, and found what a person's own `fail-on-severity` names. */
const STATUSES = [0, 2];

const match = z.looseObject({
  vulnerability: z.looseObject({
    id: z.string(),
    severity: z.string().optional(),
    description: z.string().optional(),
    fix: z.looseObject({ versions: z.array(z.string()).nullish() }).optional(),
  }),
  artifact: z.looseObject({ name: z.string(), version: z.string() }),
});

const ignored = match.extend({ appliedIgnoreRules: z.array(z.looseObject({ 'match-type': z.string().optional() })) });

const database = z.looseObject({
  built: z.string().optional(),
  valid: z.boolean().optional(),
  error: z.unknown().optional(),
});

const schema = z.looseObject({
  matches: z.array(match),
  ignoredMatches: z.array(ignored).nullish(),
  descriptor: z.looseObject({
    name: z.literal('grype'),
    // `status` from 0.88 on; before, the fields stood in `db` itself.
    db: database.extend({ status: database.nullish() }).nullish(),
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
    const raw = await callScanner(this.program, args, STATUSES, options, this.run);
    const { matches, ignoredMatches, descriptor } = parseReport(this.program, raw, schema);
    // One policy: what a person's own .grype.yaml leaves out counts. Its own rules, for headers of the kernel, do not.
    const hidden = (ignoredMatches ?? []).filter(({ appliedIgnoreRules }) =>
      appliedIgnoreRules.every((rule) => !rule['match-type']),
    );
    return { findings: [...matches, ...hidden].map(toFinding), knowledge: builtOf(descriptor.db), raw };
  }
}

function toFinding({ vulnerability, artifact }: z.infer<typeof match>): ScanFinding {
  return {
    id: vulnerability.id,
    severity: severityOf(vulnerability.severity),
    where: artifact.name,
    version: artifact.version,
    fixedIn: vulnerability.fix?.versions?.join(', ') || undefined,
    title: vulnerability.description,
  };
}

/** When its database was built; nothing of one that is broken. */
function builtOf(db: z.infer<typeof schema>['descriptor']['db']): Date | undefined {
  const { built, valid, error } = db?.status ?? db ?? {};
  return built === undefined || valid === false || error ? undefined : new Date(built);
}
