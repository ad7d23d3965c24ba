import type { ComposeFile, ComposeService } from './compose';
import { asFields, asList, isUnset } from './fields';
import { interpolated } from './interpolated';

/** Something that is mounted into a service of compose. */
export interface Mount {
  readonly kind: string;
  /** Path of the host, or name of a volume; empty for what has neither. */
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  /** Options of the short form, or the propagation of the long one. */
  readonly options: readonly string[];
}

/** A tmpfs in short form. */
export interface Tmpfs {
  readonly target: string;
  readonly options: ReadonlyMap<string, string>;
}

/** What `volumes` of a service mounts. */
export function volumesOf({ fields }: ComposeService): Mount[] {
  return asList(fields.volumes, 'volumes').map((item) =>
    typeof item === 'string' ? shortMount(interpolated(item)) : longMount(asFields(item, 'a volume')),
  );
}

/** What `tmpfs` of a service mounts; one alone may stand without a list. */
export function tmpfsOf({ fields }: ComposeService): Tmpfs[] {
  const items = typeof fields.tmpfs === 'string' ? [fields.tmpfs] : asList(fields.tmpfs, 'tmpfs');
  return items.map((item) => {
    const [target = '', options = ''] = interpolated(String(item)).split(/:(.*)/s);
    const pairs = options.split(',').map((option) => option.split(/=(.*)/s));
    return {
      target: plainPath(target),
      options: new Map(pairs.map(([name = '', value = '']) => [name.trim(), value])),
    };
  });
}

/** Paths of the host behind named volumes: a driver can bind one. */
export function boundVolumes({ fields }: ComposeFile): string[] {
  return Object.values(asFields(fields.volumes, 'volumes'))
    .map((volume) => asFields(asFields(volume, 'a volume').driver_opts, 'driver_opts'))
    .filter(({ device }) => !isUnset(device) && device !== 'tmpfs')
    .map(({ device }) => interpolated(String(device)));
}

/** A path without a slash at its end, and without one twice. */
export function plainPath(path: string): string {
  return path.replace(/\/+/g, '/').replace(/(?<=.)\/$/, '');
}

/** Files of the host that compose mounts as secrets and configurations. */
export function boundFiles({ fields }: ComposeFile): string[] {
  return ['secrets', 'configs']
    .flatMap((name) => Object.values(asFields(fields[name], name)))
    .map((item) => asFields(item, 'a secret or a configuration').file)
    .filter((file) => !isUnset(file))
    .map((file) => interpolated(String(file)));
}

function shortMount(text: string): Mount {
  const parts = text.split(':');
  const [source, target, mode = ''] = parts.length === 1 ? ['', parts[0]!] : (parts as [string, string, string?]);
  const options = mode.split(',');
  const kind = /^[./~]/.test(source) ? 'bind' : 'volume';
  return { kind, source, target: plainPath(target), readOnly: options.includes('ro'), options };
}

function longMount(fields: ReturnType<typeof asFields>): Mount {
  const { propagation } = asFields(fields.bind, 'bind') as { propagation?: unknown };
  return {
    kind: String(fields.type),
    source: interpolated(String(fields.source ?? '')),
    target: plainPath(String(fields.target)),
    readOnly: fields.read_only === true,
    options: propagation === undefined ? [] : [String(propagation)],
  };
}
