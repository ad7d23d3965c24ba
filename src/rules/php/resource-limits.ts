import { bytesOf } from '../nginx/values';
import { isOff, isOn } from '../parse/ini';
import type { FileRule, Finding } from '../rule';
import type { RuleContext, RuleSubject } from '../rule-subject';
import { fpmConfig, webSettings, type PhpSetting } from './settings';
import { asFields } from '../runtime/fields';

/** Limits and the most that they may be; of bytes any number, since the sum is compared with the container's memory. */
const LIMITS: Readonly<Record<string, number>> = {
  max_execution_time: 86_400,
  max_file_uploads: 1000,
  max_input_time: 86_400,
  max_input_vars: 100_000,
  memory_limit: Infinity,
  post_max_size: Infinity,
  upload_max_filesize: Infinity,
};

/** PHP-006 */
export const RESOURCE_LIMITS: FileRule = {
  id: 'PHP-006',
  severity: 'MEDIUM',
  kind: 'bounded',
  statement:
    'A request has a limit of memory, time, fields and files; all workers together fit into the memory of the container; files are taken only where the image says so',
  why: 'one request could take all that the server has, and the kernel would end a worker in the midst of its work',
  next: 'set php.memoryLimit, php.maxExecutionTime, php.postMaxSize, php.uploadMaxFilesize, php.uploads and php.fpm.maxChildren',
  fix: 'PhpFpmConstruct writes every limit; compose.yaml counts the memory from them',
  sources: ['OWASP PHP Configuration Cheat Sheet', 'dev-sec PHP baseline'],
  check: (subject) =>
    subject.eachContext((context) => {
      const settings = webSettings(context, subject);
      return [
        ...Object.entries(LIMITS).flatMap(([name, most]) => findUnlimited(context, settings, name, most)),
        ...findUploads(context, settings, subject),
        ...findOvercommitted(context, settings, subject),
      ];
    }),
};

function findUnlimited(context: RuleContext, settings: readonly PhpSetting[], name: string, most: number): Finding[] {
  const found = settings.filter((setting) => setting.name === name);
  if (found.length === 0) {
    return [{ file: context.pathOf('config/php.ini'), what: `${name} is not set` }];
  }
  return found
    .filter(({ value }) => !isWithin(bytesOf(value), most))
    .map(({ file, value }) => ({ file, what: `${name} is ${value || 'empty'}, which is no limit` }));
}

function isWithin(value: number | undefined, most: number): boolean {
  return value !== undefined && value > 0 && value <= most;
}

function findUploads(context: RuleContext, settings: readonly PhpSetting[], { facts }: RuleSubject): Finding[] {
  const found = settings.filter(({ name }) => name === 'file_uploads');
  const agrees = facts.php.uploads ? isOn : isOff;
  return [
    ...(found.length > 0 ? [] : [{ file: context.pathOf('config/php.ini'), what: 'file_uploads is not set' }]),
    ...found
      .filter(({ value }) => !agrees(value))
      .map(({ file, value }) => ({
        file,
        what: `file_uploads is ${value}, but the image says that files are ${facts.php.uploads ? '' : 'not '}taken`,
      })),
  ];
}

/** Each worker may take memory_limit; what is kept for the rest is the limit's own affair. */
function findOvercommitted(context: RuleContext, settings: readonly PhpSetting[], subject: RuleSubject): Finding[] {
  const { file, pools } = fpmConfig(context, subject);
  const [memory] = settings
    .filter(({ name }) => name === 'memory_limit')
    .map(({ value }) => bytesOf(value) ?? 0)
    .sort((a, b) => b - a);
  const workers = pools
    .flatMap(({ settings: lines }) => lines.filter(({ name }) => name === 'pm.max_children').slice(-1))
    .reduce((sum, { value }) => sum + Number(value), 0);
  const needed = workers * (memory ?? 0);
  const given = memoryOf(subject);
  return given === undefined || needed <= given
    ? []
    : [{ file, what: `${workers} workers may take ${needed} bytes, and the container has ${given} (compose.yaml)` }];
}

/** Bytes of the container in compose.yaml; undefined where it says nothing, which is another rule's affair. */
function memoryOf(subject: RuleSubject): number | undefined {
  const services = asFields(asFields(subject.yaml('compose.yaml')[0], 'compose.yaml').services, 'services');
  const sizes = Object.values(services).flatMap((service) => {
    const { mem_limit: limit } = asFields(service, 'service');
    return bytesOf(String(limit).replace(/b$/i, '')) ?? [];
  });
  return sizes.length === 0 ? undefined : Math.min(...sizes);
}
