import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { bad, good, poor, type Finding } from './finding';
import { ARCHITECTURES } from '../../catalog';
import { ask, findProgram } from '../checks/program';

/** The engine, buildx, emulation and credentials. */
export function examineDocker(): readonly Finding[] {
  const docker = findProgram('docker');
  if (!docker) {
    return [
      poor(
        'engine',
        'docker is not installed',
        'install Docker Engine (docker.io on Debian and Ubuntu); synth and validate:config work without it',
      ),
      examineCredentials(),
    ];
  }
  return [examineEngine(docker), ...examineBuildx(docker), examineCredentials()];
}

function examineEngine(docker: string): Finding {
  const { status, output } = ask(docker, ['version', '--format', '{{.Server.Version}}']);
  return status === 0
    ? good('engine', `Docker ${output.trim()}`)
    : poor('engine', lastLine(output), 'start it (systemctl start docker), or name yours in DOCKER_HOST');
}

function examineBuildx(docker: string): readonly Finding[] {
  const version = ask(docker, ['buildx', 'version']);
  if (version.status !== 0) {
    const remedy = 'install the package docker-buildx-plugin (docker-buildx on Debian)';
    return [poor('buildx', 'it is not installed', remedy)];
  }
  const inspected = ask(docker, ['buildx', 'inspect']);
  const platforms = /^Platforms:\s*(.*)$/m.exec(inspected.output)?.[1] ?? '';
  const missing = ARCHITECTURES.filter((architecture) => !platforms.includes(`linux/${architecture}`));
  const emulation =
    missing.length === 0
      ? good('architectures', platforms)
      : poor(
          'architectures',
          platforms || 'the builder names none',
          `for ${missing.join(', ')}: install the package qemu-user-static (binfmt), or give a builder of that architecture with --builder`,
        );
  return [good('buildx', version.output.trim().split(' ')[1] ?? 'installed'), emulation];
}

/** Whether Docker knows credentials of a registry; what they are is not read. */
function examineCredentials(): Finding {
  const file = join(process.env.DOCKER_CONFIG ?? join(homedir(), '.docker'), 'config.json');
  if (!existsSync(file)) {
    return poor('credentials', `${file} is not there`, LOGIN);
  }
  try {
    const { auths, credsStore, credHelpers } = JSON.parse(readFileSync(file, 'utf8')) as Record<
      string,
      object | string
    >;
    const names = Object.keys({ ...(auths as object), ...(credHelpers as object) });
    const store = credsStore ? `, kept by docker-credential-${String(credsStore)}` : '';
    return names.length > 0 || credsStore
      ? good('credentials', `${names.join(', ') || 'none'}${store}`)
      : poor('credentials', 'none', LOGIN);
  } catch (error) {
    return bad(
      'credentials',
      `${file}: ${(error as Error).message}`,
      'mend the file, or remove it and run: docker login',
    );
  }
}

const LOGIN = 'to publish: docker login REGISTRY, or give --username and --password-stdin';

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1)!.trim();
}
