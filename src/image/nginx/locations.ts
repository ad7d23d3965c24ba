import { byCodePoint } from '../../catalog';
import type { ImageConfig } from '../../config';
import { block, comment, directive, type NginxNode } from '../../model';
import { PATHS, PING_PATH } from '../paths';
import type { NginxContext } from './nginx-context';

/** Source, backups, dumps: never a page. */
const SENSITIVE_FILES =
  '(?:\\.(?:bak|conf|db|dump|env|inc|ini|lock|log|neon|old|orig|rej|sh|sql|sqlite3?|swo|swp|tmp|twig|ya?ml)(?:\\.(?:7z|bz2|gz|tar|xz|zip|zst))?|~)$';

const STATIC_FILES =
  '\\.(?:avif|css|eot|gif|ico|jpe?g|js|map|mjs|mp4|otf|pdf|png|svg|ttf|wasm|webm|webmanifest|webp|woff2?)$';

/** In this order: health, what is refused, the entry points, everything else. */
export function applicationLocations({ config }: NginxContext): NginxNode[] {
  const { nginx } = config;
  return [
    directive('root', nginx.documentRoot),
    directive('include', PATHS.nginxRuntime),
    ...everywhere(config),
    pingLocation(),
    comment('Never a page: hidden files (but /.well-known/), sources, backups, dumps'),
    block('location', ['~', '/\\.(?!well-known/)'], [directive('return', 404)]),
    block('location', ['~*', SENSITIVE_FILES], [directive('return', 404)]),
    comment('PHP runs through its entry points alone'),
    ...nginx.entryPoints.map((path) => phpLocation(config, path)),
    block('location', ['~*', '\\.(?:phar|php|pht)'], [directive('return', 404)]),
    ...staticFiles(config),
    block('location', ['/'], [frontController(config)]),
  ];
}

/** What every server has that answers: the headers, and the methods that it lets through. */
export function everywhere({ nginx }: ImageConfig): NginxNode[] {
  const methods = [...nginx.methods].sort(byCodePoint).join('|');
  return [
    directive('include', PATHS.securityHeaders),
    block('if', ['($request_method', '!~', `^(?:${methods})$)`], [directive('return', 405)]),
  ];
}

function frontController({ nginx }: ImageConfig): NginxNode {
  return directive('try_files', '$uri', `${nginx.entryPoints[0]}$is_args$args`);
}

/** `expires` and not add_header: that would drop the security headers. */
function staticFiles(config: ImageConfig): NginxNode[] {
  const { staticMaxAge } = config.nginx;
  if (staticMaxAge === null) {
    return [];
  }
  return [
    comment('Static files stay in the browser'),
    block('location', ['~*', STATIC_FILES], [directive('expires', `${staticMaxAge}s`), frontController(config)]),
  ];
}

/** Answered by PHP-FPM itself, on any host, not logged. */
export function pingLocation(): NginxNode {
  return block('location', ['=', PING_PATH], [directive('access_log', 'off'), ...fpmPage(PING_PATH)]);
}

export function fpmPage(path: string): NginxNode[] {
  return [
    directive('include', PATHS.fastcgiParams),
    directive('fastcgi_param', 'SCRIPT_FILENAME', path),
    directive('fastcgi_param', 'SCRIPT_NAME', path),
    directive('fastcgi_pass', `unix:${PATHS.fpmSocket}`),
  ];
}

function phpLocation({ nginx }: ImageConfig, path: string): NginxNode {
  return block(
    'location',
    ['=', path],
    [
      directive('try_files', path, '=404'),
      directive('include', PATHS.fastcgiParams),
      directive('fastcgi_param', 'SCRIPT_FILENAME', `$document_root${path}`),
      directive('fastcgi_param', 'SCRIPT_NAME', path),
      ...(nginx.serverNames.length === 0 ? [] : [directive('fastcgi_param', 'HTTP_HOST', '$host$port_of_host')]),
      directive('fastcgi_hide_header', 'X-Powered-By'),
      directive('fastcgi_read_timeout', `${nginx.requestTimeout}s`),
      directive('fastcgi_send_timeout', `${nginx.requestTimeout}s`),
      directive('fastcgi_pass', `unix:${PATHS.fpmSocket}`),
    ],
  );
}
