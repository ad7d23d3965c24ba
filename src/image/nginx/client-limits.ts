import type { ImageConfig } from '../../config';
import { block, comment, directive, type NginxNode } from '../../model';
import { PING_PATH } from '../paths';

/** Room for the state of some 100,000 addresses. */
const ZONE = '10m';

/** Counted by address: requests in flight always, requests by the second where a person asks for it. */
export function clientLimits({ nginx }: ImageConfig): NginxNode[] {
  const { connections, requestsPerSecond: rate } = nginx.limits;
  const counted = rate === null ? [] : requestLimit(rate);
  return [
    directive('limit_conn_zone', '$binary_remote_addr', `zone=connections:${ZONE}`),
    directive('limit_conn', 'connections', connections),
    directive('limit_conn_status', 429),
    // The line of the request tells it already; at its default level a flood would be logged twice.
    directive('limit_conn_log_level', 'info'),
    ...counted,
  ];
}

function requestLimit(rate: number): NginxNode[] {
  return [
    comment('The health check is not counted: behind a proxy that is not trusted it has the address of everybody'),
    block(
      'map',
      ['$uri', '$counted_address'],
      // As the location of the check: case matters, and nothing follows.
      [directive(`~^${PING_PATH}\\z`, ''), directive('default', '$binary_remote_addr')],
    ),
    directive('limit_req_zone', '$counted_address', `zone=requests:${ZONE}`, `rate=${rate}r/s`),
    directive('limit_req', 'zone=requests', `burst=${rate}`, 'nodelay'),
    directive('limit_req_status', 429),
    directive('limit_req_log_level', 'info'),
  ];
}
