import type { ImageConfig } from '../../config';
import { comment, directive, type NginxNode } from '../../model';

const COMPRESSED_TYPES = [
  'application/javascript',
  'application/json',
  'application/ld+json',
  'application/manifest+json',
  'application/wasm',
  'application/xml',
  'application/rss+xml',
  'image/svg+xml',
  'text/css',
  'text/javascript',
  'text/plain',
  'text/xml',
];

export function gzip({ nginx }: ImageConfig): NginxNode[] {
  if (!nginx.gzip) {
    return [];
  }
  return [
    comment('Compression'),
    directive('gzip', 'on'),
    directive('gzip_min_length', 1024),
    directive('gzip_proxied', 'any'),
    directive('gzip_types', ...COMPRESSED_TYPES),
    directive('gzip_vary', 'on'),
  ];
}

/** Where every distribution of the catalogue keeps the modules of nginx. */
const MODULES = '/usr/lib/nginx/modules';

export function brotliModules({ nginx }: ImageConfig): NginxNode[] {
  if (!nginx.brotli) {
    return [];
  }
  return ['filter', 'static'].map((name) => directive('load_module', `${MODULES}/ngx_http_brotli_${name}_module.so`));
}

export function brotli({ nginx }: ImageConfig): NginxNode[] {
  if (!nginx.brotli) {
    return [];
  }
  return [directive('brotli', 'on'), directive('brotli_static', 'on'), directive('brotli_types', ...COMPRESSED_TYPES)];
}
