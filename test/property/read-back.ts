import { DockerfileParser } from 'dockerfile-ast';
import { parse } from 'yaml';
import { nginxStatements } from './judge';
import type { ImageInput } from './trees';
import type { TestSynthesis } from '../../src';

/** A value that was told, and the same as the files say it. */
export type Pair = readonly [what: string, told: unknown, read: unknown];

/** What was told of an image beside what its files say, as parsers that are not ours read them. */
export function readBack(result: TestSynthesis, name: string, { props, own }: ImageInput): Pair[] {
  const contexts = Object.values(result.manifest.images[name]!.architectures).map(({ context }) => context);
  return [
    ...readRun(result, name, props),
    ...contexts.flatMap((context) => readContext(result, context, { props, own })),
  ];
}

/** Pairs of those that were told. */
function told(pairs: readonly Pair[]): Pair[] {
  return pairs.filter(([, given]) => given !== undefined);
}

type Props = ImageInput['props'];

function readContext(result: TestSynthesis, context: string, { props, own }: ImageInput): Pair[] {
  const file = (path: string) => result.file(`${context}/${path}`);
  return [
    ...readNginx(file, props),
    ...readPhp(file, props),
    ...readDockerfile(file('Dockerfile'), props),
    ...Object.entries(own.files).map(([target, content]): Pair => [
      `file ${target}`,
      content,
      file(`config/files${target}`),
    ]),
  ];
}

function readNginx(file: (path: string) => string, { nginx = {} }: Props): Pair[] {
  const all = nginxStatements(file('nginx.conf'));
  const values = (name: string) => all.filter(([word]) => word === name).map(([, ...words]) => words);
  const one = (name: string) => values(name)[0]?.join(' ');
  const headers = new Map(
    nginxStatements(file('config/security-headers.conf')).map(([, header, value]) => [header, value]),
  );
  return told([
    ['nginx.port', nginx.port, values('listen').some(([place]) => place === String(nginx.port)) ? nginx.port : 'none'],
    ['nginx.documentRoot', nginx.documentRoot, one('root')],
    ['nginx.clientMaxBodySize', nginx.clientMaxBodySize?.toLowerCase(), one('client_max_body_size')],
    ['nginx.keepaliveTimeout', nginx.keepaliveTimeout && `${nginx.keepaliveTimeout}s`, one('keepalive_timeout')],
    ['nginx.workerProcesses', nginx.workerProcesses && String(nginx.workerProcesses), one('worker_processes')],
    ['nginx.gzip', nginx.gzip && 'on', nginx.gzip && one('gzip')],
    [
      'nginx.serverNames',
      nginx.serverNames?.length ? [...nginx.serverNames].sort() : undefined,
      values('server_name')
        .find((names) => !names.includes('_'))
        ?.sort(),
    ],
    [
      'nginx.trustedProxies',
      nginx.trustedProxies && [...nginx.trustedProxies].sort(),
      values('set_real_ip_from').flat().sort(),
    ],
    [
      'nginx.entryPoints',
      nginx.entryPoints && [...nginx.entryPoints].sort(),
      nginx.entryPoints?.filter((path) => values('location').some((words) => words.join(' ') === `= ${path}`)).sort(),
    ],
    ...Object.entries(nginx.headers ?? {}).map(([header, value]): Pair => [
      `header ${header}`,
      value,
      headers.get(header),
    ]),
  ]);
}

/** Settings of an ini file: the last value of each. */
function settings(text: string): Map<string, string> {
  const lines = text.split('\n').filter((line) => line.includes('=') && !line.startsWith(';'));
  return new Map(
    lines.map((line) => {
      const at = line.indexOf('=');
      const value = line.slice(at + 1).trim();
      return [line.slice(0, at).trim(), /^".*"$/s.test(value) ? value.slice(1, -1) : value];
    }),
  );
}

function readPhp(file: (path: string) => string, { php }: Props): Pair[] {
  if (typeof php !== 'object') {
    return [];
  }
  const ini = settings(file('config/php.ini'));
  const fpm = settings(file('php-fpm.conf'));
  const plain = (value: unknown) => (typeof value === 'boolean' ? (value ? 'On' : 'Off') : String(value));
  return told([
    ['php.memoryLimit', php.memoryLimit, ini.get('memory_limit')],
    ['php.timezone', php.timezone, ini.get('date.timezone')],
    ['php.postMaxSize', php.postMaxSize, ini.get('post_max_size')],
    ['php.maxExecutionTime', php.maxExecutionTime && String(php.maxExecutionTime), ini.get('max_execution_time')],
    ['php.fpm.processManager', php.fpm?.processManager, fpm.get('pm')],
    ['php.fpm.maxChildren', php.fpm?.maxChildren && String(php.fpm.maxChildren), fpm.get('pm.max_children')],
    ...Object.entries(php.ini ?? {}).map(([name, value]): Pair => [`php.ini ${name}`, plain(value), ini.get(name)]),
  ]);
}

function readDockerfile(text: string, { security = {}, nginx = {} }: Props): Pair[] {
  const instructions = DockerfileParser.parse(text).getInstructions();
  const last = (keyword: string) =>
    instructions
      .filter((instruction) => instruction.getKeyword() === keyword)
      .at(-1)
      ?.getArgumentsContent();
  return told([
    ['security.uid', security.uid && String(security.uid), last('USER')?.split(':')[0]],
    ['EXPOSE', nginx.port && true, last('EXPOSE')?.split(' ').includes(`${nginx.port}/tcp`)],
  ]);
}

interface Compose {
  readonly services: { readonly web: { readonly user: string; readonly volumes?: readonly string[] } };
}

function readRun(result: TestSynthesis, name: string, { security = {}, volumes }: Props): Pair[] {
  const { web } = (parse(result.file(`${name}/compose.yaml`)) as Compose).services;
  const mounted = (web.volumes ?? []).map((volume) => volume.split(':')[1]);
  return told([
    ['compose user', security.uid && String(security.uid), web.user.split(':')[0]],
    ['compose volumes', volumes, volumes?.filter((path) => mounted.includes(path))],
  ]);
}
