import { devNull } from 'node:os';
import { z } from 'zod';
import type { Run } from '../command';
import { callScanner, parseReport } from './call-scanner';
import type { ScanFinding, ScanOptions, Scanner, ScanReport, ScanTarget } from './scanner';
import { severityOf } from './severity';

/** Trivy ends with 1 on errors of its own: findings get another status. */
export const TRIVY_FINDINGS = 10;

/** One policy: what a person's own .trivyignore, trivy.yaml or variables would leave out is reported all the same. */
const EVERYTHING = [
  '--severity=UNKNOWN,LOW,MEDIUM,HIGH,CRITICAL',
  `--ignorefile=${devNull}`,
  '--ignore-policy=',
  '--ignore-unfixed=false',
];

const schema = z.looseObject({
  SchemaVersion: z.literal(2),
  Results: z
    .array(
      z.looseObject({
        Target: z.string(),
        Vulnerabilities: z
          .array(
            z.looseObject({
              VulnerabilityID: z.string(),
              PkgName: z.string(),
              InstalledVersion: z.string().optional(),
              FixedVersion: z.string().optional(),
              Severity: z.string(),
              Title: z.string().optional(),
            }),
          )
          .optional(),
        Secrets: z
          .array(z.looseObject({ RuleID: z.string(), Severity: z.string(), Title: z.string().optional() }))
          .optional(),
      }),
    )
    .optional(),
});

const versionSchema = z.looseObject({ VulnerabilityDB: z.looseObject({ UpdatedAt: z.string() }).optional() });

/** Trivy, of Aqua Security. */
export class TrivyScanner implements Scanner {
  readonly name = 'trivy';

  constructor(
    private readonly program: string = 'trivy',
    private readonly run?: Run,
  ) {}

  async scan(target: ScanTarget, options: ScanOptions): Promise<ScanReport> {
    const args = [...this.imageArguments(target, 'json'), ...EVERYTHING, `--exit-code=${TRIVY_FINDINGS}`];
    const raw = await this.call(args, options);
    const { Results: results = [] } = parseReport(this.program, raw, schema);
    // After the scan, which may have brought it up to date.
    const version = parseReport(this.program, await this.call(['version', '--format=json'], options), versionSchema);
    return {
      findings: results.flatMap((result): ScanFinding[] => [
        ...(result.Vulnerabilities ?? []).map((item) => ({
          id: item.VulnerabilityID,
          severity: severityOf(item.Severity),
          where: item.PkgName,
          version: item.InstalledVersion,
          fixedIn: item.FixedVersion || undefined,
          title: item.Title,
        })),
        // A secret is mended by its removal: there is always a fix.
        ...(result.Secrets ?? []).map((item) => ({
          id: item.RuleID,
          severity: severityOf(item.Severity),
          where: result.Target,
          fixedIn: 'an image without it',
          title: item.Title,
        })),
      ]),
      knowledge: version.VulnerabilityDB && new Date(version.VulnerabilityDB.UpdatedAt),
      raw,
    };
  }

  sbom = async (target: ScanTarget, options: ScanOptions): Promise<string> => {
    const text = await this.call(this.imageArguments(target, 'spdx-json'), options);
    parseReport(this.program, text, z.looseObject({ spdxVersion: z.string(), packages: z.array(z.unknown()) }));
    return text;
  };

  private imageArguments({ layout, reference, platform, insecure }: ScanTarget, format: string): string[] {
    return [
      'image',
      `--format=${format}`,
      '--quiet',
      `--platform=${platform}`,
      ...(insecure ? ['--insecure'] : []),
      ...(layout === undefined ? ['--image-src=remote', reference] : [`--input=${layout}`]),
    ];
  }

  private call(args: readonly string[], options: ScanOptions): Promise<string> {
    return callScanner(this.program, args, [0, TRIVY_FINDINGS], options, this.run);
  }
}
