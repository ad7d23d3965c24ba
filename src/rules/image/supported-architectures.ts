import { ARCHITECTURES } from '../../catalog';
import type { FileRule } from '../rule';

/** IMG-006 */
export const SUPPORTED_ARCHITECTURES: FileRule = {
  id: 'IMG-006',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement: 'An image is made for linux/amd64, linux/arm64 or both, and there is a context for each and for no other',
  why: 'no base, package or checksum of another architecture is known, and no test has run there',
  next: `name architectures among ${ARCHITECTURES.join(' and ')}`,
  fix: 'the image makes a context for each architecture that it was asked for',
  sources: ['NIST SP 800-190 4.1.2', 'BuildKit InvalidBaseImagePlatform'],
  check: ({ facts, files }) => {
    const names = Object.keys(facts.architectures);
    const known: readonly string[] = ARCHITECTURES;
    return [
      ...(names.length === 0 ? [{ what: 'the manifest names no architecture' }] : []),
      ...names
        .filter((name) => !known.includes(name) || facts.architectures[name]!.platform !== `linux/${name}`)
        .map((name) => ({
          what: `${facts.architectures[name]!.platform} (${name}) is not a platform of these images`,
        })),
      ...files
        .filter(({ path }) => /(?:^|[/.])Dockerfile$/i.test(path) && !names.includes(path.split('/')[0]!))
        .map(({ path }) => ({ file: path, what: 'a Dockerfile outside of the contexts that the manifest names' })),
    ];
  },
};
