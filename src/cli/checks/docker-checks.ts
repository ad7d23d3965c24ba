import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { checked, count, skipped, type Check } from './check';
import type { CheckedTree } from './checked-tree';
import { baseName } from './distinct-files';
import { ask, findProgram, withFiles } from './program';
import type { Problem } from '../../errors';
import type { OutputFile } from '../../synth/render-image';

const BUILD_CHECK = 'docker build --check';

/** Checks of the Docker here: that it answers and builds for what is asked, and what BuildKit says of each Dockerfile. */
export function dockerChecks(tree: CheckedTree): readonly Check[] {
  const docker = findProgram('docker');
  const engine = checkEngine(docker);
  if (!docker || engine.status === 'failed') {
    return [engine, skipped('buildx', 'no engine'), skipped(BUILD_CHECK, 'no engine')];
  }
  const buildx = checkBuildx(docker, architecturesOf(tree));
  return [
    engine,
    buildx,
    buildx.status === 'failed' ? skipped(BUILD_CHECK, 'no buildx') : checkDockerfiles(docker, tree),
  ];
}

function checkEngine(docker: string | undefined): Check {
  const { status, output } = docker
    ? ask(docker, ['version', '--format', '{{.Server.Version}}'])
    : { status: 1, output: 'docker is not installed' };
  const problem = {
    where: 'docker',
    what: lastLine(output),
    next: 'install Docker Engine and start it: dockerfile-generator doctor',
  };
  return checked('engine', status === 0 ? `Docker ${output.trim()}` : 'docker version', status === 0 ? [] : [problem]);
}

function architecturesOf({ images }: CheckedTree): readonly string[] {
  return [...new Set(images.flatMap((image) => image.architectures))];
}

function checkBuildx(docker: string, architectures: readonly string[]): Check {
  const { status, output } = ask(docker, ['buildx', 'inspect']);
  if (status !== 0) {
    const next = 'install the package docker-buildx-plugin (docker-buildx on Debian)';
    return checked('buildx', 'docker buildx inspect', [{ where: 'docker buildx', what: lastLine(output), next }]);
  }
  const platforms = /^Platforms:\s*(.*)$/m.exec(output)?.[1] ?? '';
  const missing = architectures.filter((architecture) => !platforms.includes(`linux/${architecture}`));
  const remark =
    missing.length > 0 ? `; ${missing.join(', ')} only with emulation or another builder (see doctor)` : '';
  return checked('buildx', `builds for ${platforms || 'nothing that it names'}${remark}`);
}

/** BuildKit parses and checks; each stage that comes from elsewhere is an empty folder, so that nothing is pulled. */
function checkDockerfiles(docker: string, { assembly, files, problems: ofTree, violations }: CheckedTree): Check {
  if (!assembly) {
    return checked(BUILD_CHECK, 'nothing is rendered while the tree has problems', [...ofTree, ...violations]);
  }
  const dockerfiles = files.filter((file) => baseName(file) === 'Dockerfile');
  const mode = ask(docker, ['buildx', 'build', '--help']).output.includes('--check') ? CHECK : OUTLINE;
  const problems = dockerfiles.flatMap((dockerfile) => checkDockerfile([docker, mode], dockerfile, files));
  return checked(BUILD_CHECK, `${count(dockerfiles.length, 'Dockerfile')} by BuildKit (${mode.says})`, problems);
}

/** How BuildKit is asked about a Dockerfile without building it. */
interface Mode {
  readonly says: string;
  readonly flag: string;
  readonly environment: Readonly<Record<string, string>>;
}

const CHECK: Mode = { says: 'its checks', flag: '--check', environment: {} };

/** What buildx before 0.15 has instead: the frontend reads the Dockerfile and tells what is in it. */
const OUTLINE: Mode = { says: 'its parser', flag: '--print=outline', environment: { BUILDX_EXPERIMENTAL: '1' } };

function checkDockerfile(
  [docker, mode]: readonly [string, Mode],
  { path, content }: OutputFile,
  files: readonly OutputFile[],
): Problem[] {
  const context = path.slice(0, -'Dockerfile'.length);
  const own = files.filter((file) => file.path.startsWith(context));
  return withFiles(
    () => own.map((file) => [`context/${file.path.slice(context.length)}`, file.content] as const),
    (directory) => {
      mkdirSync(join(directory, 'empty'));
      const stages = externalStages(content).map((stage) => `--build-context=${stage}=${join(directory, 'empty')}`);
      const build = ['buildx', 'build', mode.flag, ...stages, join(directory, 'context')];
      const { status, output } = ask(docker, build, { environment: mode.environment });
      return status === 0 ? [] : [{ where: path, what: lastLine(output), next: 'look at what wrote the Dockerfile' }];
    },
  );
}

/** Names of the stages that begin with an image from elsewhere. */
function externalStages(dockerfile: string): string[] {
  const stages = [...dockerfile.matchAll(/^FROM (?:--\S+ )*(\S+) AS (\S+)$/gim)].map(([, from, name]) => ({
    from: from!,
    name: name!,
  }));
  const names = stages.map(({ name }) => name);
  return stages.filter(({ from }) => from !== 'scratch' && !names.includes(from)).map(({ name }) => name);
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1)!.trim();
}
