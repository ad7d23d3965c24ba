import type { ContainerState, ImageSettings } from './engine';

interface InspectedContainer {
  readonly State: {
    readonly Running: boolean;
    readonly ExitCode: number;
    readonly Pid: number;
    readonly Health?: {
      readonly Status: string;
      readonly Log?: ReadonlyArray<{ readonly End: string; readonly ExitCode: number }> | null;
    };
  };
}

interface InspectedImage {
  readonly Config: {
    readonly User?: string;
    readonly Env?: readonly string[] | null;
    readonly Entrypoint?: readonly string[] | null;
    readonly Cmd?: readonly string[] | null;
    readonly ExposedPorts?: Readonly<Record<string, object>> | null;
    readonly Healthcheck?: { readonly Test?: readonly string[] | null } | null;
  };
}

/** Reads what `docker container inspect` prints. */
export function parseContainer(json: string): ContainerState {
  const [{ State: state }] = JSON.parse(json) as [InspectedContainer];
  return {
    running: state.Running,
    exitCode: state.ExitCode,
    pid: state.Pid,
    health: state.Health?.Status,
    passedHealthChecks: (state.Health?.Log ?? [])
      .filter(({ ExitCode: status }) => status === 0)
      .map(({ End: end }) => Date.parse(end)),
  };
}

/** Reads what `docker image inspect` prints. */
export function parseImage(json: string): ImageSettings {
  const [{ Config: config }] = JSON.parse(json) as [InspectedImage];
  return {
    user: config.User ?? '',
    environment: config.Env ?? [],
    entrypoint: config.Entrypoint ?? [],
    command: config.Cmd ?? [],
    ports: Object.keys(config.ExposedPorts ?? {}),
    healthcheck: config.Healthcheck?.Test ?? undefined,
  };
}
