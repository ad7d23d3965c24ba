import type { ImageDescription } from '../image';

/** A port on which the server listens. */
export interface RunPort {
  /** `http`, `https`, or `port-9000` for one of a construct of one's own. */
  readonly name: string;
  readonly container: number;
  /** Where it is published on the loopback interface of a host. */
  readonly host: number;
}

/** The ports of an image; nginx's plain one, which answers the health check, is the first. */
export function describePorts({ config: { nginx }, ports }: ImageDescription): RunPort[] {
  const taken = new Set<number>();
  const ordered = [nginx.port, ...ports.filter((port) => port !== nginx.port)];
  return ordered.map((container) => {
    let host = container < 1024 ? container + 8000 : container;
    while (taken.has(host)) {
      host = host < 65_535 ? host + 1 : 1024;
    }
    taken.add(host);
    return { name: nameOf(container, nginx), container, host };
  });
}

function nameOf(port: number, nginx: ImageDescription['config']['nginx']): string {
  if (port === nginx.port) {
    return 'http';
  }
  return port === nginx.tls?.port ? 'https' : `port-${port}`;
}
