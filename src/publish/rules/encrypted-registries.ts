import { apiAddress, isLoopback } from '../registry-address';
import type { PlanRule } from './plan-rule';

/** A URL or a reference with a name and a password in it. */
const CREDENTIALS = /\/\/[^/\s"'@]+:[^/\s"'@]+@|"(?:password|token|auth|identitytoken|secret)"\s*:\s*"[^"]+"/i;

/** SC-006 */
export const encryptedRegistries: PlanRule = {
  id: 'SC-006',
  severity: 'HIGH',
  kind: 'invariant',
  statement: 'registries are spoken to by https, except on this machine, and no plan holds a password',
  why: 'whoever is on the way could read the credentials, or put another image in the place of this one',
  next: 'give the registry a certificate, and take credentials from docker login or --password-stdin',
  fix: 'the client speaks https to every host that is not this machine',
  sources: ['NIST-800-190-4.2.1', 'CIS-Docker-2.x insecure registries'],
  checkPlan: (plan) => [
    ...plan.destinations
      .filter(({ registry }) => !isLoopback(registry) && !apiAddress(registry).startsWith('https://'))
      .map(({ id }) => ({ where: id, what: 'it is spoken to without TLS' })),
    ...(CREDENTIALS.test(JSON.stringify(plan))
      ? [{ where: 'plan', what: 'something in it looks like a password' }]
      : []),
  ],
};
