import type { ScanSettings } from '../../../../src/publish/environment';
import { passGate } from '../../../../src/publish/scan/gate';
import type { ScanFinding, Scanner, ScanTarget } from '../../../../src/publish/scan/scanner';

const NOW = new Date('2026-11-23T12:00:00Z');

const SETTINGS: ScanSettings = {
  scanner: 'trivy',
  severity: 'HIGH',
  fixableOnly: false,
  ignore: [],
  maxDatabaseAge: 48,
  timeout: 600,
};

const TARGET: ScanTarget = { reference: 'shop/web@sha256:0', platform: 'linux/amd64', insecure: false };

const CVE: ScanFinding = { id: 'CVE-2026-1', severity: 'HIGH', where: 'musl', version: '1.1' };

function gate(
  findings: readonly ScanFinding[],
  settings: Partial<ScanSettings> = {},
  knowledge: Date | undefined = NOW,
): Promise<string[]> {
  const scanner: Scanner = { name: 'trivy', scan: () => Promise.resolve({ findings, knowledge, raw: '' }) };
  const how = { now: NOW, environment: {}, keep: () => undefined };
  return passGate(scanner, TARGET, { ...SETTINGS, ...settings }, how).then((judged) =>
    judged.map(({ verdict }) => verdict),
  );
}

test('what is bad enough fails, with the fix where there is one', async () => {
  await expect(gate([CVE])).rejects.toMatchObject({ type: 'SECURITY_ERROR' });
  await expect(gate([{ ...CVE, fixedIn: '1.2' }])).rejects.toThrow('fixed in 1.2: build again with --rebuild');
  expect(await gate([{ ...CVE, severity: 'MEDIUM' }])).toEqual(['below']);
});

test('what nobody can fix passes only where it is said', async () => {
  expect(await gate([CVE], { fixableOnly: true })).toEqual(['below']);
  await expect(gate([{ ...CVE, fixedIn: '1.2' }], { fixableOnly: true })).rejects.toThrow('CVE-2026-1');
});

test('an exemption holds through its last day, and no longer', async () => {
  const ignore = [{ id: 'CVE-2026-1', reason: 'the function is never called', expires: '2026-11-23' }];
  expect(await gate([CVE], { ignore })).toEqual(['ignored']);
  await expect(gate([CVE], { ignore: [{ ...ignore[0]!, expires: '2026-11-22' }] })).rejects.toThrow(
    'its exemption ran out on 2026-11-22',
  );
});

test('old knowledge, and knowledge of unknown age, is no proof', async () => {
  await expect(gate([], {}, new Date('2026-11-20T00:00:00Z'))).rejects.toThrow('84 hours old, more than 48');
  await expect(gate([], {}, new Date('nonsense'))).rejects.toThrow('does not say how old');
  const scanner: Scanner = { name: 'trivy', scan: () => Promise.resolve({ findings: [], raw: '' }) };
  const how = { now: NOW, environment: {}, keep: () => undefined };
  await expect(passGate(scanner, TARGET, SETTINGS, how)).rejects.toThrow('does not say how old');
});

test('a scanner that cannot answer fails the gate', async () => {
  const scanner: Scanner = { name: 'trivy', scan: () => Promise.reject(new Error('trivy is not installed')) };
  const how = { now: NOW, environment: {}, keep: () => undefined };
  await expect(passGate(scanner, TARGET, SETTINGS, how)).rejects.toMatchObject({
    type: 'SECURITY_ERROR',
    details: [{ where: TARGET.reference, what: 'trivy is no proof: trivy is not installed' }],
  });
});
