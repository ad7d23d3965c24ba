import { byVersion } from '../../../catalog';
import type { ImageConstruct } from '../../../image';
import { parseNginx } from '../../../rules';
import type { OutputFile } from '../../../synth/render-image';
import { checked, combined, count, skipped, type Check } from '../check';
import type { CheckedTree } from '../checked-tree';
import { distinctFiles, placeInContext } from '../distinct-files';
import { ask, findProgram, versionOf, withFiles } from '../program';
import { fault, type Judge } from './judge';

/** nginx configurations: by our own reader, and by `nginx -t` where nginx is installed. */
export const judgeNginx: Judge = (tree) =>
  combined('nginx', 'nginx.conf and what it includes', [read(tree), test(tree)]);

function read({ files }: CheckedTree): Check {
  const configurations = distinctFiles(files, ({ path }) => isNginx(path));
  const problems = configurations.flatMap(({ path, content }) => {
    try {
      parseNginx(content);
      return [];
    } catch (error) {
      return [fault(path, (error as Error).message)];
    }
  });
  return checked('blocks and directives', count(configurations.length, 'file'), problems);
}

function isNginx(path: string): boolean {
  return /^(?:nginx\.conf|config\/[^/]+\.conf)$/.test(placeInContext(path)?.file ?? '');
}

function test({ files, images }: CheckedTree): Check {
  const nginx = findProgram('nginx');
  const version = nginx && versionOf(nginx);
  if (!nginx || !version) {
    return skipped('nginx -t', 'nginx is not installed here');
  }
  // An nginx that is older than that of the image does not know every directive.
  const judged = images.filter((image) => byVersion(image.target.release.nginx.version, version) <= 0);
  const mains = distinctFiles(
    files,
    ({ path }) =>
      placeInContext(path)?.file === 'nginx.conf' && judged.some(({ node }) => path.startsWith(`${node.id}/`)),
  );
  if (mains.length === 0) {
    return skipped('nginx -t', `nginx ${version} is older than the nginx of the images`);
  }
  const problems = mains.flatMap((main) => testOne(nginx, main, files, imageOf(main, judged)));
  const rest = images.length - judged.length;
  const remark = rest > 0 ? `; ${count(rest, 'image')} with a newer nginx not judged` : '';
  return checked('nginx -t', `${count(mains.length, 'configuration')} by nginx ${version}${remark}`, problems);
}

function imageOf({ path }: OutputFile, images: readonly ImageConstruct[]): ImageConstruct {
  return images.find(({ node }) => path.startsWith(`${node.id}/`))!;
}

function testOne(nginx: string, main: OutputFile, files: readonly OutputFile[], image: ImageConstruct) {
  const context = main.path.slice(0, -'nginx.conf'.length);
  const own = files.filter(({ path }) => path.startsWith(context) && isNginx(path));
  const { status, output } = withFiles(
    (directory) => own.map(({ path, content }) => [path.slice(context.length), move(content, directory)] as const),
    (directory) => ask(nginx, ['-t', '-e', 'stderr', '-c', `${directory}/nginx.conf`]),
  );
  const complaints = output.split('\n').filter((line) => /\[(?:warn|error|crit|alert|emerg)\]/.test(line));
  const mine = complaints.filter((line) => !isOfPlace(line, image));
  return status === 0 && mine.length === 0 ? [] : [fault(main.path, (mine[0] ?? output).trim())];
}

/** Where modules that an image loads, or the spelling of its older nginx, are not this machine's matter. */
function isOfPlace(line: string, image: ImageConstruct): boolean {
  return /"listen \.\.\. http2" directive is deprecated/.test(line) && !image.knowsDirective('http2');
}

/** Directives with a path or a port, and how that is moved for a test here. Nothing else is changed. */
const MOVED: Readonly<Record<string, (argument: string, directory: string) => string>> = {
  include: (path, directory) =>
    path === '/etc/nginx/mime.types' ? path : path.replace(/^\/etc\/nginx\//, `${directory}/config/`),
  pid: (_, directory) => `${directory}/nginx.pid`,
  error_log: (path, directory) => (path === '/dev/stderr' ? `${directory}/error.log` : path),
  access_log: (path, directory) => (path === '/dev/stdout' ? `${directory}/access.log` : path),
  client_body_temp_path: (_, directory) => `${directory}/client-body`,
  fastcgi_temp_path: (_, directory) => `${directory}/fastcgi`,
  proxy_temp_path: (_, directory) => `${directory}/proxy`,
  scgi_temp_path: (_, directory) => `${directory}/scgi`,
  uwsgi_temp_path: (_, directory) => `${directory}/uwsgi`,
  // With a variable in its name a certificate is read when a client comes.
  ssl_certificate: (_, directory) => `${directory}/$ssl_server_name.crt`,
  ssl_certificate_key: (_, directory) => `${directory}/$ssl_server_name.key`,
  // nginx -t binds what it listens on: a socket of the file system is free where a port may be taken.
  listen: (address, directory) => `unix:${directory}/${address.replace(/[^0-9a-z]/gi, '-')}.sock`,
};

function move(text: string, directory: string): string {
  return text.replace(
    /^(\s*)(\w+) (\S+?)((?: .*)?;)$/gm,
    (line, indent: string, name: string, argument: string, rest: string) => {
      const mover = MOVED[name];
      return mover ? `${indent}${name} ${mover(argument, directory)}${rest}` : line;
    },
  );
}
