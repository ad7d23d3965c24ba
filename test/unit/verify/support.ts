import type { ProcessInfo, Server, Subject, TarEntry, VerifiedImage } from '../../../src/verify';

/** An image as a manifest tells of it. */
export const IMAGE: VerifiedImage = {
  php: { version: '8.4', extensions: ['intl', 'pcntl'], uploads: true, cliOnlyExtensions: ['pcntl'] },
  platform: { name: 'debian', release: 'trixie', endOfLife: '2028-08-09' },
  supervisor: 'distribution',
  user: '10001:10001',
  ports: [8080],
  writablePaths: [
    { path: '/data', kind: 'volume', exec: false, mode: '0770' },
    { path: '/run', kind: 'tmpfs', exec: true, mode: '0775' },
    { path: '/tmp', kind: 'tmpfs', exec: false, mode: '1777' },
  ],
  packages: [],
};

/** What of a subject a test gives; the rest fails when a check asks for it. */
export interface FakeSubject {
  readonly server?: Partial<Server>;
  readonly files?: readonly TarEntry[];
  readonly image?: Partial<VerifiedImage>;
  readonly bound?: Subject['bound'];
}

/** A subject without any container. */
export function subjectOf({ server, files, image, bound = (milliseconds) => milliseconds }: FakeSubject): Subject {
  const subject: Partial<Subject> = {
    image: { ...IMAGE, ...image },
    bound,
    server: () => Promise.resolve(server as Server),
    files: () => Promise.resolve(files ?? []),
    text: () => Promise.resolve(''),
    once: (_, experiment) => experiment(),
  };
  return subject as Subject;
}

/** A process with some fields of /proc/PID/status. */
export function processOf(command: string, status: Readonly<Record<string, string>> = {}, pss?: number): ProcessInfo {
  return { pid: 1, command, status: new Map(Object.entries(status)), pss };
}

/** A file of an image. */
export function fileOf(path: string, more: Partial<TarEntry> = {}): TarEntry {
  return { path, kind: 'file', mode: 0o644, uid: 0, gid: 0, attributes: [], ...more };
}
