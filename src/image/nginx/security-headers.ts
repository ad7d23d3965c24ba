import type { NginxContext } from './nginx-context';
import { STRICT_TRANSPORT } from './tls';
import { directive, type NginxNode } from '../../model';

/** Headers on every answer. They are included once a server: a nested add_header would drop them. */
export function securityHeaders({ config }: NginxContext): NginxNode[] {
  const { headers, tls } = config.nginx;
  return [
    ...Object.keys(headers)
      .filter((name) => !tls || name.toLowerCase() !== STRICT_TRANSPORT)
      .sort()
      .map((name) => directive('add_header', name, headers[name]!, 'always')),
    ...(tls ? [directive('add_header', 'Strict-Transport-Security', '$strict_transport_security', 'always')] : []),
  ];
}
