import { readFileSync } from 'node:fs';
import type { IConstruct } from 'constructs';
import { ARCHITECTURES, byCodePoint, type Architecture, type BaseImageFacts } from '../catalog';
import { DockerfileGeneratorError, type Problem } from '../errors';
import { describeApplication, ImageConstruct } from '../image';
import type * as Schema from './input-lock-schema';

type InputLock = Schema.InputLock;

/** Name of the lock. */
export const INPUT_LOCK_FILE = 'lock.json';

/** Where the JSON Schema of the lock is published. */
export const INPUT_LOCK_SCHEMA_ID = 'https://unpkg.com/projen-nginx-php/schema/lock.schema.json';

/** Reads a lock; undefined where there is none. Throws CONFIG_LOAD_ERROR for one that cannot be understood. */
export function readInputLock(path: string): InputLock | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
  return parse(text, path);
}

function parse(text: string, path: string): InputLock {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw loadError([{ where: path, what: (error as Error).message, next: 'restore the lock from version control' }]);
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazy: where there is no lock, nothing of zod is needed
  const { inputLockSchema } = require('./input-lock-schema') as typeof Schema;
  const parsed = inputLockSchema.safeParse(json);
  if (parsed.success) {
    return parsed.data;
  }
  throw loadError(
    parsed.error.issues.map((issue) => ({
      where: path,
      what: `${issue.path.map(String).join('.')}: ${issue.message}`,
      next: 'restore the lock from version control, or remove it to build with the shipped catalogue',
    })),
  );
}

function loadError(problems: readonly Problem[]): DockerfileGeneratorError {
  return new DockerfileGeneratorError('CONFIG_LOAD_ERROR', problems);
}

/** Every input of the builds of a tree, as its catalogue has them. */
export function collectInputs(root: IConstruct): InputLock {
  const bases = new Map<string, InputLock['bases'][string]>();
  const keys = new Map<string, InputLock['keys'][string]>();
  let s6Overlay: InputLock['s6Overlay'];
  let composer: InputLock['composer'];
  for (const image of ImageConstruct.all(root)) {
    const { catalog, name } = image.platform;
    const { release, php } = image.target;
    bases.set(`${name} ${release.name}`, lockedBase(release.base));
    const repository = catalog.repository(php.origin);
    if (repository) {
      const { url, sha256: hash, fingerprint, expires } = repository.key;
      keys.set(repository.name, { url, sha256: hash, fingerprint, expires });
    }
    if (image.config.s6.source === 'overlay') {
      const { version, url, noarch, arch } = catalog.s6Overlay;
      s6Overlay = { version, url, noarch, arch };
    }
    const phar = describeApplication(image)?.composer?.download;
    if (phar) {
      composer = { version: phar.version, url: phar.url, sha256: phar.sha256 };
    }
  }
  return {
    $schema: INPUT_LOCK_SCHEMA_ID,
    version: 1,
    packages: 'live',
    bases: sorted(bases),
    ...(s6Overlay ? { s6Overlay } : {}),
    ...(composer ? { composer } : {}),
    keys: sorted(keys),
  };
}

function lockedBase({ repository, tag, digests, index }: BaseImageFacts): InputLock['bases'][string] {
  return { repository, tag, ...(digests ? { digests: pick(digests) } : {}), ...(index && !digests ? { index } : {}) };
}

function pick(digests: Readonly<Record<Architecture, string>>): Record<Architecture, string> {
  return Object.fromEntries(ARCHITECTURES.map((name) => [name, digests[name]])) as Record<Architecture, string>;
}

function sorted<T>(map: ReadonlyMap<string, T>): Record<string, T> {
  return Object.fromEntries([...map].sort(([a], [b]) => byCodePoint(a, b)));
}

/** Inputs of a tree that a lock does not have. */
export function findUnlocked(root: IConstruct, lock: InputLock): Problem[] {
  const inputs = collectInputs(root);
  const names = [
    ...Object.keys(inputs.bases)
      .filter((name) => !Object.hasOwn(lock.bases, name))
      .map((name) => `the base ${name}`),
    ...Object.keys(inputs.keys)
      .filter((name) => !Object.hasOwn(lock.keys, name))
      .map((name) => `the key of ${name}`),
    ...(inputs.s6Overlay && !lock.s6Overlay ? ['s6-overlay'] : []),
    ...(inputs.composer && !lock.composer ? ['Composer'] : []),
  ];
  return names.map((name) => ({
    where: INPUT_LOCK_FILE,
    what: `${name} is not in the lock`,
    why: 'the lock holds every input of the builds, so that nothing moves unseen',
    next: 'add it (dockerfile-generator lock prints what the catalogue has), or remove the lock',
  }));
}
