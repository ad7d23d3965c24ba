import { isLoopback } from '../registry-address';
import type { PlanFinding, PlanRule } from './plan-rule';
import { atLeast } from '../scan/severity';

/** SC-005 */
export const scanGate: PlanRule = {
  id: 'SC-005',
  severity: 'HIGH',
  kind: 'bounded',
  statement:
    'every image passes a scanner before a tag beyond this machine moves to it; exemptions have a reason and an end',
  why: 'an image with a known hole would be pulled by everybody who trusts the tag',
  next: 'set scan in the environment (severity HIGH or lower); name exemptions in scan.ignore with reason and expires',
  sources: ['CIS-Docker-4.4', 'NIST-800-190-4.1.1', 'OWASP-Docker-9'],
  checkPlan: ({ gates, steps, found, destinations }) => {
    const hosts = new Map(destinations.map(({ id, registry }) => [id, registry]));
    const moved = steps.filter((step) => step.kind === 'tag' && !isLoopback(hosts.get(step.destination) ?? ''));
    const { scan } = gates;
    if (moved.length === 0) {
      return [];
    }
    if (scan === undefined) {
      return moved.map(({ id }) => ({ where: id, what: 'no scanner is asked before it' }));
    }
    const findings: PlanFinding[] = [];
    if (!atLeast('HIGH', scan.severity)) {
      findings.push({
        where: 'scan.severity',
        what: `findings of severity HIGH pass where ${scan.severity} is asked for`,
      });
    }
    for (const { id, reason, expires } of scan.ignore) {
      if (reason.trim() === '' || Number.isNaN(Date.parse(expires))) {
        findings.push({ where: `scan.ignore ${id}`, what: 'it has no reason, or no last day' });
      }
    }
    const images = new Set(moved.map(({ image }) => image));
    const scanned = new Set(
      steps.flatMap((step) => (step.kind === 'scan' ? [`${step.image}/${step.architecture}`] : [])),
    );
    const used = steps.flatMap((step) =>
      step.kind === 'list' && images.has(step.image)
        ? step.architectures.map((architecture) => `${step.image}/${architecture}`)
        : [],
    );
    for (const key of new Set(used)) {
      if (!scanned.has(key) && !found[key]?.scanned) {
        findings.push({ where: key, what: 'it is not scanned' });
      }
    }
    return findings;
  },
};
