import { comment, directive, type NginxNode } from '../../model';

const LOG_FIELDS = [
  ['time', '$time_iso8601'],
  ['remote_addr', '$remote_addr'],
  ['method', '$request_method'],
  ['uri', '$request_uri'],
  ['protocol', '$server_protocol'],
  ['host', '$host'],
  ['status', '$status'],
  ['bytes', '$body_bytes_sent'],
  ['duration', '$request_time'],
  ['upstream_duration', '$upstream_response_time'],
  ['referer', '$http_referer'],
  ['user_agent', '$http_user_agent'],
  ['request_id', '$request_id'],
] as const;

const NUMBERS = ['status', 'bytes', 'duration'];

const LOG_FORMAT = `{${LOG_FIELDS.map(([name, variable]) =>
  NUMBERS.includes(name) ? `"${name}":${variable}` : `"${name}":"${variable}"`,
).join(',')}}`;

/** The log of requests, for the container's stdout. */
export function accessLog(): NginxNode[] {
  return [
    comment('One line a request on stdout; writes of whole lines, small enough for a pipe not to mix them'),
    directive('log_format', 'json', 'escape=json', LOG_FORMAT),
    directive('access_log', '/dev/stdout', 'json', 'buffer=4k', 'flush=1s'),
  ];
}
