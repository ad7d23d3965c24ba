import { flatMap } from '../../config/flat-map';
import type { FileRule } from '../rule';
import type { RuleSubject } from '../rule-subject';
import { eachService, type ComposeService } from './compose';
import { asFields, asList, isUnset, show } from './fields';
import { interpolated } from './interpolated';
import { eachContainer } from './pods';

/** RT-011 */
export const PUBLISHED_PORTS: FileRule = {
  id: 'RT-011',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement: 'Only the ports of the image are published, each on a named interface of the host',
  why: 'a port without an address is open on every interface, past the firewall of many hosts, and an unknown one serves what nobody checked',
  next: 'write 127.0.0.1, or the address of the one interface, before the port; declare other ports by addPort',
  fix: 'compose.yaml publishes the ports of the image on the loopback interface',
  sources: ['CIS Docker 5.8, 5.14', 'OWASP Docker Security Cheat Sheet, rule 5a'],
  check: (subject) => [
    ...eachService(subject, (service) =>
      flatMap(portsOf(service), ({ text, address, container }) => [
        ...(isEverywhere(address) ? [`the port ${text} is open on every interface`] : []),
        ...undeclared(container, text, subject),
      ]),
    ),
    ...eachContainer(subject, ({ fields }) =>
      asList(fields.ports, 'ports')
        .map((item) => asFields(item, 'a port'))
        .flatMap(({ containerPort, hostPort }) => [
          ...(isUnset(hostPort) ? [] : [`hostPort ${String(hostPort)} is open on every interface`]),
          ...undeclared(String(containerPort), String(containerPort), subject),
        ]),
    ),
  ],
};

interface PublishedPort {
  /** As it is written. */
  readonly text: string;
  /** Empty where there is none. */
  readonly address: string;
  /** One port, or a range. */
  readonly container: string;
}

function portsOf({ fields }: ComposeService): PublishedPort[] {
  return asList(fields.ports, 'ports').map((item) => {
    if (typeof item === 'object' && item !== null) {
      const { host_ip: address, target } = asFields(item, 'a port');
      return { text: show(item), address: interpolated(String(address ?? '')), container: String(target) };
    }
    const text = String(item);
    const match = /^(?:(\[[^\]]*\]|[^:]*):)?(?:([\d-]*):)?([\d-]+)(?:\/\w+)?$/.exec(interpolated(text));
    if (!match) {
      throw new Error(`the port ${text} cannot be read`);
    }
    const [, first = '', middle, container = ''] = match;
    const address = middle === undefined ? '' : first.replace(/^\[|\]$/g, '');
    return { text, address, container };
  });
}

/** No address, or one of zeros in any of its forms. */
function isEverywhere(address: string): boolean {
  return address === '*' || /^(?:::ffff:)?[0:.]*$/i.test(address);
}

function undeclared(container: string, text: string, { facts }: RuleSubject): string[] {
  return facts.ports.map(String).includes(container)
    ? []
    : [`the port ${text} is none of the image (${facts.ports.join(', ')})`];
}
