import { flatMap } from '../../config/flat-map';
import { onceFor } from '../../config/once-for';
import type { NginxDirective } from '../parse/nginx';
import type { FileRule, Finding } from '../rule';
import type { RuleContext, RuleFile } from '../rule-subject';
import { lastStage, stageFinding } from './stages';

/** Ports that say what stands behind them: SSH, telnet, MySQL, and PHP-FPM, which listens on a socket. */
const FORBIDDEN: Readonly<Record<string, string>> = { 22: 'SSH', 23: 'telnet', 3306: 'MySQL', 9000: 'PHP-FPM' };

/** DF-007 */
export const DECLARED_PORTS: FileRule = {
  id: 'DF-007',
  severity: 'HIGH',
  kind: 'invariant',
  statement:
    'EXPOSE names the ports that were declared, nginx listens on no other from outside, and none is that of SSH, telnet, MySQL or PHP-FPM',
  why: 'a port that nobody declared is guarded by nobody; one of a management or database protocol does not belong to a web server',
  next: 'choose ports by nginx.port and nginx.tls.port, declare those of your services by addPort, and bind what is for the container alone to loopback',
  fix: 'the platform writes EXPOSE from the declared ports; a port below 1024 is a warning of the command',
  sources: ['CIS Docker 5.8', 'CIS Docker 5.9', 'Trivy DS-0004', 'hadolint DL3011', 'NIST SP 800-190 4.3.3'],
  check: (subject) =>
    subject.eachContext((context) => {
      const declared = subject.facts.ports.map(String);
      const stage = lastStage(context);
      const exposes = stage.instructions.filter(({ keyword }) => keyword === 'EXPOSE');
      const exposed = flatMap(exposes, (expose) =>
        expose.words.map((word) => ({ expose, port: word.replace(/\/.*$/, '') })),
      );
      const missing = declared.filter((port) => !exposed.some((item) => item.port === port));
      return [
        ...exposed
          .filter(({ port }) => !declared.includes(port))
          .map(({ expose, port }) => stageFinding(context, expose, `EXPOSE ${port} is not a declared port`)),
        ...missing.map((port) => stageFinding(context, exposes[0] ?? stage.from, `EXPOSE lacks the port ${port}`)),
        ...findListens(context, declared),
        ...declared
          .filter((port) => Object.hasOwn(FORBIDDEN, port))
          .map((port) => ({ what: `${port} is the port of ${FORBIDDEN[port]}` })),
        ...declared
          .filter((port) => !(Number(port) >= 1 && Number(port) <= 65_535))
          .map((port) => ({ what: `${port} is not a port` })),
      ];
    }),
};

/** Ports that nginx would listen on for everybody, in any of its files. */
function findListens(context: RuleContext, declared: readonly string[]): Finding[] {
  return context.files
    .filter(({ path }) => path.endsWith('.conf') && path !== context.pathOf('php-fpm.conf'))
    .flatMap((file) =>
      listensIn(readNginx(context, file))
        .map(({ args, line }) => ({ line, port: publicPort(args[0] ?? '') }))
        .filter(({ port }) => port !== undefined && !declared.includes(port))
        .map(({ line, port }) => ({
          file: `${file.path}:${line}`,
          what: `nginx listens on the port ${port}, which is not declared`,
        })),
    );
}

/** Every `listen`, at any depth. */
const listensIn = onceFor((directives: readonly NginxDirective[]): readonly NginxDirective[] => {
  const found: NginxDirective[] = [];
  const look = (block: readonly NginxDirective[]): void => {
    for (const directive of block) {
      if (directive.name === 'listen') {
        found.push(directive);
      }
      look(directive.children ?? []);
    }
  };
  look(directives);
  return found;
});

/** The directives of a file; none for one of another language. */
function readNginx(context: RuleContext, { path }: RuleFile): readonly NginxDirective[] {
  const own = path.slice(context.architecture.length + 1);
  try {
    return context.nginx(own);
  } catch (error) {
    if (own === 'nginx.conf') {
      throw error;
    }
    return [];
  }
}

/** The port of `listen`; undefined for a socket and for loopback. */
function publicPort(address: string): string | undefined {
  if (/^unix:/i.test(address) || /^(?:127\.\d+\.\d+\.\d+|\[::1\]|localhost)(?::|$)/i.test(address)) {
    return undefined;
  }
  return /^(?:.*:)?(\d+)$/.exec(address.replace(/^\[[^\]]*\]/, '*'))?.[1] ?? '80';
}
