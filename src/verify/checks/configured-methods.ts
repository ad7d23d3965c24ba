import type { Subject } from '../subject';

/** The methods that nginx lets through, as its configuration gives them. */
export async function configuredMethods(subject: Subject): Promise<readonly string[]> {
  const text = await subject.text('/etc/nginx/nginx.conf');
  const [, methods] = /\(\$request_method !~ \^\(\?:([A-Z|]+)\)\$\)/.exec(text) ?? [];
  return methods?.split('|') ?? ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
}
