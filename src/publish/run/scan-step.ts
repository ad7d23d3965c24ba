import { keyOf } from '../plan/facts';
import type { ScanStep } from '../plan/step';
import { isLoopback } from '../registry-address';
import { holderOf, imageAt, wantedOf, type PublishContext } from './publish-context';
import { passGate } from '../scan/gate';
import { renderSarif } from '../scan/render-sarif';

/** Asks the scanner, and keeps what it said as JSON and SARIF. */
export async function runScan(step: ScanStep, context: PublishContext): Promise<string> {
  const { scanner, scan, journal, environment, signal } = context;
  const key = keyOf(step.image, step.architecture);
  const found = imageAt(context, key);
  const destination = holderOf(context, key);
  const target = {
    reference: `${destination.id}@${found.digest}`,
    platform: wantedOf(context, step).image.architectures[step.architecture]!.platform,
    layout: found.layout,
    insecure: isLoopback(destination.registry),
  };
  const name = `scans/${key.replace('/', '-')}.${scanner!.name}`;
  const findings = await passGate(scanner!, target, scan!, {
    now: context.now(),
    environment,
    signal,
    keep: (report, judged) => {
      journal.writeFile(`${name}.json`, report.raw);
      journal.writeFile(`${name}.sarif`, renderSarif(scanner!.name, target.reference, judged));
    },
  });
  const ignored = findings.filter(({ verdict }) => verdict === 'ignored').length;
  const record = {
    digest: found.digest,
    policy: context.policy,
    scanner: scanner!.name,
    findings: findings.length,
    ignored,
  };
  journal.update(key, { scan: record });
  context.images.set(key, { ...found, scanned: true });
  return `${findings.length} findings, none that fails${ignored > 0 ? `, ${ignored} exempt` : ''}`;
}
