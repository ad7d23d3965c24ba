import { z } from 'zod';
import type { Run } from '../command';
import { callScanner, parseReport } from './call-scanner';
import type { ScanFinding, ScanOptions, Scanner, ScanReport, ScanTarget } from './scanner';
import { severityOf } from './severity';

/** 0: nothing found; 1: something found; 2 and 3 are failures. */
const STATUSES = [0, 1];

const vulnerability = z.looseObject({
  id: z.string(),
  title: z.string().optional(),
  packageName: z.string().optional(),
  // Several, where a person's own settings group issues.
  name: z.union([z.string(), z.array(z.string()).min(1)]),
  version: z.string().optional(),
  severity: z.string(),
  nearestFixedInVersion: z.string().optional(),
  fixedIn: z.array(z.string()).optional(),
  identifiers: z.looseObject({ CVE: z.array(z.string()).optional() }).optional(),
});

const project = z.looseObject({
  ok: z.boolean(),
  vulnerabilities: z.array(vulnerability),
  filtered: z.looseObject({ ignore: z.array(vulnerability).optional() }).optional(),
});

/** The packages of the distribution; `applications` are what it finds in directories of the image. */
const image = project.extend({ applications: z.array(project).optional() });

/** One image, or several projects, as versions before 1.1090 print with --app-vulns. */
const schema = z.union([z.array(image).min(1), image.transform((one) => [one])]);

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
    const images = parseReport(this.program, raw, schema);
    const findings = images.flatMap(({ applications = [], ...own }) => [own, ...applications]).flatMap(findingsOf);
    return { findings: unique(findings), knowledge: this.now(), raw };
  }
}

/** One policy: what a .snyk file or the settings of an organization leave out counts too. */
function findingsOf({ vulnerabilities, filtered }: z.infer<typeof project>): ScanFinding[] {
  return [...vulnerabilities, ...(filtered?.ignore ?? [])].map((item) => ({
    id: item.identifiers?.CVE?.[0] ?? item.id,
    severity: severityOf(item.severity),
    where: item.packageName ?? [item.name].flat()[0]!,
    version: item.version,
    fixedIn: item.nearestFixedInVersion || item.fixedIn?.join(', ') || undefined,
    title: item.title,
  }));
}

/** Each is reported once for every way in which its package gets into the image. */
function unique(findings: readonly ScanFinding[]): ScanFinding[] {
  const key = ({ id, where, version, fixedIn }: ScanFinding): string => JSON.stringify([id, where, version, fixedIn]);
  return [...new Map(findings.map((finding) => [key(finding), finding])).values()];
}
