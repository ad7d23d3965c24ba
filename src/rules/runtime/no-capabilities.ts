import type { FileRule } from '../rule';
import { eachService } from './compose';
import { asFields, asList, show } from './fields';
import { eachContainer } from './pods';

/** RT-001 */
export const NO_CAPABILITIES: FileRule = {
  id: 'RT-001',
  severity: 'HIGH',
  kind: 'invariant',
  statement: 'The container starts without any capability of the kernel, and none is given back',
  why: 'a capability is a part of the power of root; a server on a high port needs none, and a user who is not root cannot use one',
  next: 'let cap_drop be ALL, and take out cap_add',
  fix: 'compose.yaml and kubernetes.yaml drop ALL',
  sources: [
    'CIS Docker 5.4',
    'Pod Security Standards: capabilities',
    'NIST SP 800-190 4.4.3',
    'OWASP Docker Security Cheat Sheet, rule 3',
  ],
  check: (subject) => [
    ...eachService(subject, ({ fields, overlay }) => [
      ...(isAll(fields.cap_drop, ['ALL', 'all']) || (overlay && fields.cap_drop === undefined)
        ? []
        : [`cap_drop is ${show(fields.cap_drop)}, not ALL`]),
      ...added(fields.cap_add, 'cap_add'),
    ]),
    ...eachContainer(subject, ({ security }) => {
      const { drop, add } = asFields(security.capabilities, 'capabilities');
      return [
        ...(isAll(drop) ? [] : [`the capabilities that are dropped are ${show(drop)}, not ALL`]),
        ...added(add, 'capabilities.add'),
      ];
    }),
  ],
};

function isAll(dropped: unknown, names = ['ALL']): boolean {
  return Array.isArray(dropped) && dropped.some((name) => names.includes(String(name)));
}

function added(value: unknown, field: string): string[] {
  return asList(value, field).length === 0 ? [] : [`${field} gives ${show(value)}`];
}
