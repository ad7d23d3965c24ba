import { comment, directive, type NginxNode } from '../../model';

const FASTCGI_PARAMS = [
  ['QUERY_STRING', '$query_string'],
  ['REQUEST_METHOD', '$request_method'],
  ['CONTENT_TYPE', '$content_type'],
  ['CONTENT_LENGTH', '$content_length'],
  ['REQUEST_URI', '$request_uri'],
  ['DOCUMENT_URI', '$document_uri'],
  ['DOCUMENT_ROOT', '$document_root'],
  ['SERVER_PROTOCOL', '$server_protocol'],
  ['REQUEST_SCHEME', '$scheme'],
  ['GATEWAY_INTERFACE', 'CGI/1.1'],
  ['REMOTE_ADDR', '$remote_addr'],
  ['REMOTE_PORT', '$remote_port'],
  ['SERVER_ADDR', '$server_addr'],
  ['SERVER_PORT', '$server_port'],
  ['SERVER_NAME', '$host'],
  ['REQUEST_ID', '$request_id'],
] as const;

/** What nginx tells PHP of a request. */
export function fastcgiParams(): NginxNode[] {
  return [
    ...FASTCGI_PARAMS.map(([name, value]) => directive('fastcgi_param', name, value)),
    directive('fastcgi_param', 'HTTPS', '$https', 'if_not_empty'),
    comment('A header named Proxy would become the environment variable HTTP_PROXY (httpoxy)'),
    directive('fastcgi_param', 'HTTP_PROXY', ''),
  ];
}
