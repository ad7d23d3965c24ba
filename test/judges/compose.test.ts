import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployments } from './support/deployments';
import { describeWithJudge } from './support/judge';

/** What docker compose makes of a project. */
interface Project {
  readonly services: { readonly web: Service };
}

interface Service {
  readonly cap_add?: readonly string[];
  readonly cap_drop: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly init?: boolean;
  readonly image: string;
  readonly mem_limit: string;
  readonly pids_limit: number;
  readonly ports: ReadonlyArray<{ readonly host_ip: string; readonly target: number }>;
  readonly privileged?: boolean;
  readonly read_only: boolean;
  readonly security_opt: readonly string[];
  readonly tmpfs: readonly string[];
  readonly user: string;
  readonly volumes?: ReadonlyArray<{ readonly type: string; readonly source: string; readonly read_only?: boolean }>;
}

/** Reads compose files of an image as docker compose does, without an engine. */
function config(
  files: ReadonlyMap<string, string>,
  names: readonly string[],
): { readonly status: number | null; readonly stderr: string; readonly project?: Project } {
  const directory = mkdtempSync(join(tmpdir(), 'compose-'));
  try {
    names.forEach((name) => writeFileSync(join(directory, name), files.get(name)!));
    const args = ['compose', ...names.map((name) => `--file=${name}`), 'config', '--format=json'];
    const { status, stdout, stderr } = spawnSync('docker', args, { cwd: directory, encoding: 'utf8' });
    return { status, stderr, project: status === 0 ? (JSON.parse(stdout) as Project) : undefined };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const reason =
  spawnSync('docker', ['compose', 'version']).status === 0
    ? undefined
    : 'docker compose is not installed: run .ci/testbed (Debian 12, as root)';

describeWithJudge('docker compose config', reason, () => {
  it.each(deployments())('reads compose.yaml of %s with every flag, and without a warning', (_, files) => {
    // WHEN
    const { status, stderr, project } = config(files, ['compose.yaml']);
    // THEN
    expect([status, stderr]).toEqual([0, '']);
    const { web } = project!.services;
    expect(web).toMatchObject({ cap_drop: ['ALL'], read_only: true });
    expect(web.security_opt).toEqual(['no-new-privileges:true', 'seccomp=./seccomp.json']);
    expect([web.cap_add, web.init, web.privileged, web.environment]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(web.ports.filter(({ host_ip: address }) => address !== '127.0.0.1')).toEqual([]);
    expect(web.tmpfs).toHaveLength(2);
    expect(web.tmpfs[0]).toMatch(/^\/run:rw,(?:no)?exec,nosuid,nodev,uid=\d+,gid=0,mode=0775,size=16m$/);
    expect(web.tmpfs[1]).toMatch(/^\/tmp:rw,noexec,nosuid,nodev,uid=\d+,gid=0,mode=1777,size=\d+m$/);
    expect((web.volumes ?? []).filter(({ type }) => type !== 'volume')).toEqual([]);
    expect(Number(web.mem_limit)).toBeGreaterThan(256 << 20);
    expect(web.user).toMatch(/^\d{5}:\d{5}$/);
  });

  it.each(deployments())('adds what compose.apparmor.yaml and compose.dev.yaml of %s say', (image, files) => {
    const { project } = config(files, ['compose.yaml', 'compose.apparmor.yaml', 'compose.dev.yaml']);
    const { web } = project!.services;
    expect(web.security_opt).toEqual(['no-new-privileges:true', 'seccomp=./seccomp.json', `apparmor=${image}`]);
    expect(web.environment).toEqual({ PHP_OPCACHE_VALIDATE_TIMESTAMPS: '1' });
    expect(web.volumes!.filter(({ type }) => type === 'bind')).toMatchObject([{ read_only: true }]);
    expect(web.read_only).toBe(true);
  });

  it('refuses a file that is wrong', () => {
    const files = new Map([['compose.yaml', 'services:\n  web:\n    image: x\n    read_onyl: true\n']]);
    expect(config(files, ['compose.yaml']).status).not.toBe(0);
  });
});
