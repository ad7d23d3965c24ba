import type { NginxContext } from './nginx-context';
import type { ImageConfig } from '../../config';
import { block, directive, type NginxNode } from '../../model';

export const STRICT_TRANSPORT = 'strict-transport-security';

/**
 * Said once for all servers: what the default server of a port accepts holds before the name of the host is known.
 * Strict transport security is said over TLS alone.
 */
export function tlsSettings({ nginx }: ImageConfig): NginxNode[] {
  if (!nginx.tls) {
    return [];
  }
  return [
    block('map', ['$https', '$strict_transport_security'], [{ name: 'on', args: [strictTransport(nginx.headers)] }]),
    directive('ssl_protocols', 'TLSv1.2', 'TLSv1.3'),
    directive('ssl_ciphers', 'ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL'),
    directive('ssl_prefer_server_ciphers', 'off'),
    directive('ssl_session_cache', 'shared:tls:10m'),
    directive('ssl_session_tickets', 'off'),
  ];
}

function strictTransport(headers: ImageConfig['nginx']['headers']): string {
  const [, value] = Object.entries(headers).find(([name]) => name.toLowerCase() === STRICT_TRANSPORT) ?? [];
  return value ?? 'max-age=31536000';
}

export function certificate({ config }: NginxContext): NginxNode[] {
  const { tls } = config.nginx;
  return [directive('ssl_certificate', tls!.certificate), directive('ssl_certificate_key', tls!.key)];
}
