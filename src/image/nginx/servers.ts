import { block, directive, renderNginx, type NginxDirective, type NginxNode } from '../../model';
import { FPM_STATUS_PATH } from '../paths';
import { ipv6Directory, listen } from './listen';
import { applicationLocations, everywhere, fpmPage, pingLocation } from './locations';
import type { NginxContext } from './nginx-context';
import { certificate } from './tls';

export function servers(context: NginxContext): NginxNode[] {
  const { nginx } = context.config;
  const application = nginx.tls ? [redirectServer(context), tlsServer(context)] : [plainServer(context)];
  return [...unknownHosts(context), ...application, statusServer(context)];
}

/** What nginx listens on where the kernel has IPv6: directives, by the directory that each is included from. */
export function ipv6Listens(context: NginxContext): Record<string, string> {
  const blocks = servers(context).flatMap((node) => ('block' in node ? (node.block ?? []) : []));
  const listens = blocks.filter((node): node is NginxDirective => 'name' in node && node.name === 'listen');
  const all = listens.map(({ args: [port, ...options] }) => ({ port: Number(port), options }));
  return Object.fromEntries(
    all
      .filter(({ port }) => !Number.isNaN(port))
      .map(({ port, options }) => [
        ipv6Directory(port, options),
        renderNginx([directive('listen', `[::]:${port}`, ...options)]).trim(),
      ]),
  );
}

/** Given names, every other host is refused; without names one server answers all. */
function unknownHosts(context: NginxContext): NginxNode[] {
  const { nginx } = context.config;
  if (nginx.serverNames.length === 0) {
    return [];
  }
  const refuse = block('location', ['/'], [directive('return', 444)]);
  const plain = block(
    'server',
    [],
    [
      ...listen(nginx.port, 'default_server'),
      directive('server_name', '_'),
      ...everywhere(context.config),
      pingLocation(),
      refuse,
    ],
  );
  if (!nginx.tls) {
    return [plain];
  }
  const handshake = context.knows('ssl_reject_handshake')
    ? [directive('ssl_reject_handshake', 'on')]
    : [...certificate(context), directive('return', 444)];
  return [
    plain,
    block(
      'server',
      [],
      [...listen(nginx.tls.port, 'ssl', 'default_server'), directive('server_name', '_'), ...handshake],
    ),
  ];
}

function defaultServer({ config }: NginxContext): string[] {
  return config.nginx.serverNames.length === 0 ? ['default_server'] : [];
}

function serverNames({ config }: NginxContext): NginxNode {
  const { serverNames: names } = config.nginx;
  return directive('server_name', ...(names.length === 0 ? ['_'] : names));
}

function plainServer(context: NginxContext): NginxNode {
  const { nginx } = context.config;
  return block(
    'server',
    [],
    [...listen(nginx.port, ...defaultServer(context)), serverNames(context), ...applicationLocations(context)],
  );
}

function redirectServer(context: NginxContext): NginxNode {
  const { nginx } = context.config;
  return block(
    'server',
    [],
    [
      ...listen(nginx.port, ...defaultServer(context)),
      serverNames(context),
      ...everywhere(context.config),
      pingLocation(),
      block('location', ['/'], [directive('return', 301, 'https://$host$request_uri')]),
    ],
  );
}

function tlsServer(context: NginxContext): NginxNode {
  const { tls } = context.config.nginx;
  const http2 = context.knows('http2');
  return block(
    'server',
    [],
    [
      ...listen(tls!.port, 'ssl', ...(http2 ? [] : ['http2']), ...defaultServer(context)),
      ...(http2 ? [directive('http2', 'on')] : []),
      serverNames(context),
      ...certificate(context),
      ...applicationLocations(context),
    ],
  );
}

/** On a port of its own that is bound to loopback, so that no proxy can reach it. */
function statusServer({ config }: NginxContext): NginxNode {
  return block(
    'server',
    [],
    [
      directive('listen', `127.0.0.1:${config.nginx.statusPort}`),
      directive('access_log', 'off'),
      block('location', ['=', '/nginx-status'], [directive('stub_status')]),
      block('location', ['=', FPM_STATUS_PATH], fpmPage(FPM_STATUS_PATH)),
      block('location', ['/'], [directive('return', 404)]),
    ],
  );
}
