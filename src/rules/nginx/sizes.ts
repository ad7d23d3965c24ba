import { webSettings } from '../php/settings';
import type { FileRule, Finding } from '../rule';
import type { RuleContext, RuleSubject } from '../rule-subject';
import type { NginxNode } from './nginx-node';
import { readNginx } from './read-nginx';
import { bytesOf } from './values';

/** Most bytes that the header of one request may take. */
const HEADERS = 512 * 1024;

/** NGX-005 */
export const SIZES: FileRule = {
  id: 'NGX-005',
  severity: 'MEDIUM',
  kind: 'bounded',
  statement:
    'Bodies and headers of requests are limited, and no limit lets through what the next one drops: nginx <= post_max_size >= upload_max_filesize',
  why: 'a body without a limit fills memory and disk; one that PHP drops arrives at the application as an empty form',
  next: 'set nginx.clientMaxBodySize, php.postMaxSize and php.uploadMaxFilesize in that order of size',
  fix: 'NginxConstruct and PhpFpmConstruct write the limits, whose defaults agree',
  sources: ['CIS NGINX 5.2.2', 'CIS NGINX 5.2.3', 'dev-sec nginx-06'],
  check: (subject) =>
    subject.eachContext((context) => {
      const { main, file } = readNginx(context, subject);
      const largest = smallestForm(context, subject);
      return [
        ...['client_max_body_size', 'large_client_header_buffers']
          .filter((name) => !main.own('http').some((http) => http.own(name).length > 0))
          .map((name): Finding => ({ file, what: `the block http has no ${name}` })),
        ...main.find('client_max_body_size').flatMap((node) => findLargeBody(node, largest)),
        ...main.find('large_client_header_buffers', 'client_header_buffer_size').flatMap(findLargeHeader),
        ...findLargeUploads(context, subject, largest),
      ];
    }),
};

/** The smallest post_max_size that holds anywhere; 0 is no limit. */
function smallestForm(context: RuleContext, subject: RuleSubject): number {
  const sizes = webSettings(context, subject)
    .filter(({ name }) => name === 'post_max_size')
    .map(({ value }) => bytesOf(value) || Infinity);
  return Math.min(...sizes, Infinity);
}

function findLargeBody(node: NginxNode, largest: number): Finding[] {
  const size = bytesOf(node.args[0] ?? '');
  if (!size) {
    return [node.finding(`${node.title} is no limit`)];
  }
  return size <= largest ? [] : [node.finding(`${node.title} is more than post_max_size (${largest} bytes)`)];
}

function findLargeHeader(node: NginxNode): Finding[] {
  const [number, size] = node.args.length > 1 ? node.args : ['1', node.args[0]];
  const bytes = Number(number) * (bytesOf(size ?? '') ?? Infinity);
  return bytes <= HEADERS ? [] : [node.finding(`${node.title} is more than ${HEADERS / 1024} KiB`)];
}

function findLargeUploads(context: RuleContext, subject: RuleSubject, largest: number): Finding[] {
  return webSettings(context, subject)
    .filter(({ name, value }) => name === 'upload_max_filesize' && (bytesOf(value) ?? Infinity) > largest)
    .map(({ file, value }) => ({ file, what: `upload_max_filesize is ${value}, more than post_max_size` }));
}
