import { byCodePoint } from '../catalog';
import { shareValue } from '../config';
import type { Assessment, Finding } from '../rules';
import { findHeldBack } from './held-back';
import { readCommands, type ReadmeCommands } from './readme-commands';
import type { ReportedImage } from './reported-image';
import type { RuleIndex } from './rule-index';
import { spotOf, type Spot } from './spot';
import { flatMap } from '../config/flat-map';

/** A finding at its place. */
export interface ReportedFinding {
  /** Place of its rule in the index. */
  readonly rule: number;
  readonly what: string;
  /** The next step, where it is not the rule's own. */
  readonly next?: string | undefined;
  /** File as the rule names it: `amd64/nginx.conf:12`; absent: the image as a whole. */
  readonly file?: string | undefined;
  readonly spot: Spot;
}

/** A bound that was moved. */
export interface ReportedGrant {
  readonly subject: string;
  readonly reason: string;
  /** What the rules would have found without it. */
  readonly heldBack: readonly ReportedFinding[];
  /** Where it is told of if they would have found nothing. */
  readonly spot: Spot;
}

/** One image of a report: small enough to keep ten thousand of them. */
export interface ImageReport {
  readonly name: string;
  readonly image: ReportedImage;
  /** Places in the index of every rule that was asked. */
  readonly rules: readonly number[];
  readonly skipped: readonly number[];
  readonly warnings: readonly ReportedFinding[];
  readonly violations: readonly ReportedFinding[];
  readonly grants: readonly ReportedGrant[];
  readonly commands: ReadmeCommands;
  /** Files that a person may want to open, below the image's directory. */
  readonly files: readonly string[];
}

/** What is kept of an assessment. */
export function reportImage(assessment: Assessment, image: ReportedImage, index: RuleIndex): ImageReport {
  const { subject, packs } = assessment;
  const all = flatMap(packs, ({ pack, results }) =>
    results.map(({ rule, status, findings }) => ({ index: index.indexOf(pack, rule), status, findings })),
  );
  const toFinding = (rule: number, { file, what, next }: Finding): ReportedFinding => ({
    rule,
    what,
    next,
    file,
    spot: spotOf(subject, file),
  });
  const findingsOf = (wanted: string): ReportedFinding[] =>
    all
      .filter(({ status }) => status === wanted)
      .flatMap(({ index: rule, findings }) => findings.map((finding) => toFinding(rule, finding)));
  return {
    name: subject.name,
    image,
    rules: shareValue(all.map((result) => result.index)),
    skipped: shareValue(all.filter(({ status }) => status === 'skipped').map((result) => result.index)),
    warnings: shareValue(findingsOf('warned')),
    violations: findingsOf('violated'),
    grants: subject.facts.grants.map((grant) => ({
      subject: grant.subject,
      reason: grant.reason,
      heldBack: findHeldBack(assessment, grant).map(({ pack, rule, finding }) =>
        toFinding(index.indexOf(pack, rule), finding),
      ),
      spot: spotOf(subject, undefined),
    })),
    commands: readCommands(subject.text('README.md') ?? '', subject.name),
    files: shareValue(
      subject.files
        .map(({ path }) => path)
        .filter((path) => !path.includes('/') || path.endsWith('/Dockerfile'))
        .sort(byCodePoint),
    ),
  };
}
