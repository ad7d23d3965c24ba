import type { FileRule } from '../rule';
import { eachService, securityOptions } from './compose';
import { show } from './fields';
import { eachContainer } from './pods';

/** RT-003 */
export const NO_NEW_PRIVILEGES: FileRule = {
  id: 'RT-003',
  severity: 'HIGH',
  kind: 'invariant',
  statement: 'No process can gain privileges that its parent does not have',
  why: 'a setuid program that a mount or a mistake brings in would make its caller root',
  next: 'keep no-new-privileges:true in security_opt, and allowPrivilegeEscalation: false',
  fix: 'compose.yaml and kubernetes.yaml set it',
  sources: [
    'CIS Docker 5.26',
    'Pod Security Standards: allowPrivilegeEscalation',
    'OWASP Docker Security Cheat Sheet, rule 4',
  ],
  check: (subject) => [
    ...eachService(subject, (service) => {
      const given = securityOptions(service).filter(({ name }) => name === 'no-new-privileges');
      const missing = given.length === 0 && !service.overlay;
      return [
        ...(missing ? ['security_opt has no no-new-privileges'] : []),
        ...given
          .filter(({ value }) => value !== '' && value !== 'true')
          .map(({ value }) => `no-new-privileges is ${value}`),
      ];
    }),
    ...eachContainer(subject, ({ security: { allowPrivilegeEscalation } }) =>
      allowPrivilegeEscalation === false ? [] : [`allowPrivilegeEscalation is ${show(allowPrivilegeEscalation)}`],
    ),
  ],
};
