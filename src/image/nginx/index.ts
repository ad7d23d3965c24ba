export { fastcgiParams } from './fastcgi-params';
export { nginxConfig } from './nginx-config';
export { nginxContext } from './nginx-context';
export { securityHeaders } from './security-headers';
export { ipv6Listens } from './servers';
