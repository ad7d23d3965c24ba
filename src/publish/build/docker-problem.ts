import { DockerfileGeneratorError } from '../../errors/dockerfile-generator-error';
import type { CommandResult } from '../command';

/** What a message of Docker means, and what to do about it. */
interface KnownProblem {
  readonly pattern: RegExp;
  readonly what: string;
  readonly next: string;
}

const KNOWN: readonly KnownProblem[] = [
  {
    pattern: /no space left on device|disk quota exceeded/i,
    what: 'the disk is full',
    next: 'free some of it (docker buildx prune, docker image prune, df -h), then run the same command again: it goes on from here',
  },
  {
    // At the begin of a line: programs that a build runs say the like, after a number and a time.
    pattern:
      /^(?:docker: )?(?:'buildx' is not a docker command|unknown command: docker buildx)|^(?:ERROR: )?unknown (?:shorthand )?flag/im,
    what: 'buildx is not there, or too old',
    next: 'install docker-buildx-plugin 0.12 or newer (docker-buildx on Debian)',
  },
  {
    pattern: /exec format error|no match for platform|does not support (?:the )?platform/i,
    what: 'this machine cannot run programs of that architecture',
    next: 'install emulation (qemu-user-static and binfmt-support on Debian, or docker run --privileged --rm tonistiigi/binfmt --install all), or name a builder that can: --builder ARCH=NAME',
  },
  {
    pattern: /OCI exporter (?:feature )?is (?:currently )?not supported for the docker driver/i,
    what: 'this engine cannot write OCI images',
    next: 'turn on the containerd image store ({"features":{"containerd-snapshotter":true}} in daemon.json), or docker buildx create --use',
  },
  {
    pattern: /no builder .* found|failed to find driver/i,
    what: 'there is no such builder',
    next: 'docker buildx ls names those that there are; docker buildx create --name NAME makes one',
  },
  {
    pattern: /permission denied while trying to connect/i,
    what: 'this user may not speak to the engine',
    next: 'add the user to the group docker, or run a rootless engine',
  },
  {
    pattern:
      /cannot connect to the docker daemon|is the docker daemon running|error during connect|failed to connect to the docker API/i,
    what: 'no engine answers',
    next: 'install Docker Engine 25 or newer (https://docs.docker.com/engine/install/) and start it',
  },
];

/** The same error, or what it means: also the files of this package may find the disk full. */
export function withoutRoom(error: unknown): unknown {
  const full = ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException | undefined)?.code ?? '');
  if (!full) {
    return error;
  }
  const [{ what, next }] = KNOWN as [KnownProblem];
  const where = (error as NodeJS.ErrnoException).path ?? 'what is remembered between runs';
  return new DockerfileGeneratorError('DOCKER_ERROR', [{ where, what, next }], { cause: error });
}

/** Why a run of docker failed, as an error that says what to do. */
export function dockerProblem(where: string, result: CommandResult): DockerfileGeneratorError {
  if (result.absent) {
    const next = 'install Docker Engine 25 or newer with buildx (https://docs.docker.com/engine/install/)';
    return new DockerfileGeneratorError('DOCKER_ERROR', [{ where, what: 'docker is not installed', next }]);
  }
  const known = KNOWN.find(({ pattern }) => pattern.test(result.stderr));
  const why = result.stderr.trim().split('\n').slice(-12).join('\n    ') || undefined;
  return new DockerfileGeneratorError('DOCKER_ERROR', [
    {
      where,
      what: known?.what ?? lastError(result.stderr) ?? `docker ended with status ${result.status}`,
      why,
      next: known?.next ?? 'mend what it says; the same command goes on from here',
    },
  ]);
}

/** What BuildKit says in the end, in a line. */
function lastError(stderr: string): string | undefined {
  const [, error] = [...stderr.matchAll(/^ERROR: (?:failed to solve: )?(.+)$/gm)].at(-1) ?? [];
  return error?.slice(0, 200);
}
