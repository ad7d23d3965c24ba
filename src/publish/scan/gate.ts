import { createHash } from 'node:crypto';
import { DockerfileGeneratorError } from '../../errors/dockerfile-generator-error';
import type { Problem } from '../../errors/problem';
import type { ScanSettings } from '../environment';
import type { ScanFinding, ScanReport, Scanner, ScanTarget } from './scanner';
import { atLeast } from './severity';

/** A finding, and what the policy says of it. */
export interface JudgedFinding extends ScanFinding {
  /** `ignored` stands on the list of exemptions, which has not run out. */
  readonly verdict: 'fails' | 'ignored' | 'below';
  /** Of the exemption. */
  readonly reason?: string;
}

const HOUR = 3_600_000;

/** Identity of a policy: an image that passed another one is scanned again. */
export function policyHash(settings: ScanSettings | undefined): string {
  return createHash('sha256')
    .update(JSON.stringify(settings ?? null))
    .digest('hex');
}

/** Says of each finding whether it fails the gate. */
export function judgeFindings(
  findings: readonly ScanFinding[],
  settings: ScanSettings,
  now: Date,
): readonly JudgedFinding[] {
  const today = now.toISOString().slice(0, 10);
  return findings.map((finding) => {
    if (!atLeast(finding.severity, settings.severity) || (settings.fixableOnly && finding.fixedIn === undefined)) {
      return { ...finding, verdict: 'below' };
    }
    const exemption = settings.ignore.find(({ id, expires }) => id === finding.id && expires >= today);
    return exemption ? { ...finding, verdict: 'ignored', reason: exemption.reason } : { ...finding, verdict: 'fails' };
  });
}

/**
 * Asks a scanner and judges what it says. Whatever keeps it from saying anything fails the gate.
 *
 * @throws DockerfileGeneratorError SECURITY_ERROR
 */
export async function passGate(
  scanner: Scanner,
  target: ScanTarget,
  settings: ScanSettings,
  how: {
    readonly now: Date;
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly signal?: AbortSignal;
    /** Keeps the report, before it is judged. */
    readonly keep: (report: ScanReport, findings: readonly JudgedFinding[]) => void;
  },
): Promise<readonly JudgedFinding[]> {
  const { environment, signal, now } = how;
  const options = { environment, signal, timeout: settings.timeout * 1000 };
  const report = await scanner.scan(target, options).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw gateError([unusable(scanner, target, (error as Error).message)], error);
  });
  const findings = judgeFindings(report.findings, settings, now);
  how.keep(report, findings);
  const stale = staleness(report.knowledge, settings, now);
  if (stale !== undefined) {
    throw gateError([unusable(scanner, target, stale)]);
  }
  const failing = findings.filter(({ verdict }) => verdict === 'fails');
  if (failing.length > 0) {
    throw gateError(failing.map((finding) => describeFinding(finding, target, settings)));
  }
  return findings;
}

function staleness(knowledge: Date | undefined, settings: ScanSettings, now: Date): string | undefined {
  if (knowledge === undefined || Number.isNaN(knowledge.getTime())) {
    return 'it does not say how old its database is';
  }
  const age = (now.getTime() - knowledge.getTime()) / HOUR;
  return age > settings.maxDatabaseAge
    ? `its database is ${Math.round(age)} hours old, more than ${settings.maxDatabaseAge}`
    : undefined;
}

function unusable(scanner: Scanner, target: ScanTarget, what: string): Problem {
  return {
    where: target.reference,
    what: `${scanner.name} is no proof: ${what}`,
    why: 'a tag moves only to an image that was scanned with fresh knowledge',
    next: `install ${scanner.name}, let it reach its database, and run the same command again`,
  };
}

function describeFinding(finding: JudgedFinding, { reference }: ScanTarget, settings: ScanSettings): Problem {
  const expired = settings.ignore.find(({ id }) => id === finding.id);
  const version = finding.version ? ` ${finding.version}` : '';
  return {
    where: `${reference} ${finding.where}${version}`,
    what: `${finding.severity} ${finding.id}${finding.title ? `: ${finding.title.split('\n')[0]!.slice(0, 120)}` : ''}`,
    why: expired ? `its exemption ran out on ${expired.expires}` : undefined,
    next: finding.fixedIn
      ? `it is fixed in ${finding.fixedIn}: build again with --rebuild`
      : 'wait for a fix, or add it to scan.ignore of the environment, with a reason and a last day',
  };
}

function gateError(problems: readonly Problem[], cause?: unknown): DockerfileGeneratorError {
  return new DockerfileGeneratorError('SECURITY_ERROR', problems, { cause });
}
