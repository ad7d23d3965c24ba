import type { NginxDirective } from '../parse/nginx';
import type { Finding } from '../rule';
import type { RuleContext } from '../rule-subject';

/** A finding at a directive of nginx.conf, or about the file as a whole. */
export function nginxFinding(context: RuleContext, directive: NginxDirective | undefined, what: string): Finding {
  const file = context.pathOf('nginx.conf');
  return { file: directive ? `${file}:${directive.line}` : file, what };
}
