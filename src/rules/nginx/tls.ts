import type { FileRule, Finding } from '../rule';
import type { RuleContext, RuleSubject } from '../rule-subject';
import { rejectsHandshake } from './answers';
import type { NginxNode } from './nginx-node';
import { readNginx } from './read-nginx';
import { publicServers, speaksTls } from './servers';
import { installedFiles } from '../supervisor/installed-files';

/** NGX-012 */
export const TLS: FileRule = {
  id: 'NGX-012',
  severity: 'HIGH',
  kind: 'invariant',
  statement:
    'TLS is 1.2 or 1.3 with authenticated ciphers and forward secrecy, without session tickets, and its private key is mounted',
  why: 'older protocols and ciphers can be read by who records them; a key in an image belongs to everybody who pulls it',
  next: 'switch TLS on by nginx.tls, which names where certificate and key are mounted, such as /run/secrets/tls.key',
  fix: 'NginxConstruct writes protocols, ciphers and tickets for all servers',
  sources: [
    'CIS NGINX 4.1.4',
    'CIS NGINX 4.1.5',
    'CIS NGINX 4.1.12',
    'dev-sec nginx-12',
    'OWASP Transport Layer Security Cheat Sheet',
  ],
  check: (subject) =>
    subject.eachContext((context) => {
      const { main } = readNginx(context, subject);
      return [
        ...publicServers(readNginx(context, subject)).filter(speaksTls).flatMap(findWeak),
        ...main
          .find('ssl_early_data')
          .filter((node) => node.has('on'))
          .map((node) => node.finding('early data of TLS 1.3 can be sent again by anybody')),
        ...main
          .find('ssl_conf_command')
          .filter(({ args }) => args[0]?.toLowerCase() !== 'ciphersuites')
          .map((node) => node.finding(`${node.title} goes round the settings of TLS`)),
        ...main
          .find('ssl_certificate_key', 'ssl_password_file', 'ssl_session_ticket_key')
          .flatMap((node) => findUnmounted(node, context, subject)),
        ...context.files
          .filter(({ content }) => /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/.test(content))
          .map(({ path }) => ({ file: path, what: 'a private key is in the context' })),
      ];
    }),
};

/** Those of the default server of a socket hold before a name is known, so every server has them. */
function findWeak(server: NginxNode): Finding[] {
  const protocols = server.setting('ssl_protocols') ?? [];
  const strong = protocols.length > 0 && protocols.every((name) => /^TLSv1\.[23]$/.test(name));
  const told = strong
    ? []
    : [server.finding(`ssl_protocols is ${protocols.join(' ') || 'not set'}, not TLSv1.2 TLSv1.3`)];
  if (rejectsHandshake(server)) {
    return told;
  }
  const ciphers = server.setting('ssl_ciphers')?.[0] ?? '';
  const weak = ciphers.split(/[:, ]/).filter((cipher) => !isStrong(cipher));
  return [
    ...told,
    ...(ciphers !== '' && weak.length === 0
      ? []
      : [server.finding(ciphers === '' ? 'ssl_ciphers is not set' : `ssl_ciphers lets in ${weak.join(', ')}`)]),
    ...(server.setting('ssl_session_tickets')?.[0]?.toLowerCase() === 'off'
      ? []
      : [server.finding('ssl_session_tickets is not off')]),
  ];
}

/** What is left out does no harm; what is put in is authenticated, by a key exchange of its own for each connection. */
function isStrong(cipher: string): boolean {
  return (
    /^[!-]/.test(cipher) ||
    /^@(?:STRENGTH|SECLEVEL=[2-5])$/.test(cipher) ||
    /^(?:TLS_\w+|\+?(?:EC)?DHE[+-](?:\w+[+-])*(?:\w*GCM\w*|\w*CCM\w*|\w*CHACHA20\w*)(?:[+-]\w+)*)$/.test(cipher)
  );
}

function findUnmounted(node: NginxNode, context: RuleContext, subject: RuleSubject): Finding[] {
  const [place = ''] = node.args;
  if (!place.startsWith('/')) {
    return [node.finding(`${node.name} is not the absolute path of a mounted file`)];
  }
  return installedFiles(context, subject).some(({ target }) => target === place)
    ? [node.finding(`${node.name} ${place} is a file of the image`)]
    : [];
}
