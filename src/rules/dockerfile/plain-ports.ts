import type { FileRule } from '../rule';
import { findInstructions } from './stages';

/** DF-008 */
export const PLAIN_PORTS: FileRule = {
  id: 'DF-008',
  severity: 'LOW',
  kind: 'invariant',
  statement: 'EXPOSE names ports as numbers, with the protocol in lower case',
  why: 'an address or a port of the host is ignored or refused, and a range or a variable hides what is meant',
  next: 'write 8080 or 8080/tcp',
  fix: 'the platform writes the declared ports with /tcp',
  sources: ['BuildKit ExposeInvalidFormat', 'BuildKit ExposeProtoCasing'],
  check: (subject) =>
    subject.eachContext((context) =>
      findInstructions(context, ['EXPOSE'], ({ words }) => {
        const odd = words.filter((word) => !/^\d+(?:\/(?:tcp|udp))?$/.test(word));
        return odd.length === 0 && words.length > 0
          ? undefined
          : `EXPOSE ${odd.join(' ')} is not a port such as 8080/tcp`;
      }),
    ),
};
