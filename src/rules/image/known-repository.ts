import { flatMap } from '../../config/flat-map';
import { externalImages, stageFinding } from '../dockerfile/stages';
import type { FileRule } from '../rule';
import { parseReference } from './image-reference';

/** Where the official images are; any other place of Docker Hub belongs to somebody. */
const HUB = 'docker.io/';
const OFFICIAL = /^docker\.io\/library\/[a-z0-9._-]+$/;

/** IMG-003 */
export const KNOWN_REPOSITORY: FileRule = {
  id: 'IMG-003',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement:
    'Every image that a stage starts from is of the repository that the catalogue or lock.json names for the base; of Docker Hub only official images are',
  why: 'anybody may publish an image under a name that looks right',
  next: 'start from the base of the catalogue; put another one, such as a mirror of yours, into lock.json or Catalog.shipped().with(...)',
  fix: 'the platform writes the repository of the catalogue or of lock.json, with its registry',
  sources: ['CIS Docker 4.2', 'hadolint DL3026', 'NIST SP 800-190 4.1.5'],
  check: (subject) =>
    subject.eachContext((context) => {
      const base = parseReference(subject.facts.architectures[context.architecture]!.base.reference).repository;
      return flatMap(externalImages(context), ({ from, reference }) => {
        const { repository, isFull } = parseReference(reference);
        if (!isFull) {
          return [stageFinding(context, from, `FROM ${reference} leaves the registry to the settings of the builder`)];
        }
        if (repository.startsWith(HUB) && !OFFICIAL.test(repository)) {
          return [stageFinding(context, from, `FROM ${reference} is not an official image`)];
        }
        return repository === base
          ? []
          : [stageFinding(context, from, `FROM ${reference} is not of ${base}, the repository of the base`)];
      });
    }),
};
