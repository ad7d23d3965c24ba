import { flatMap } from '../../config/flat-map';
import { externalImages, stageFinding } from '../dockerfile/stages';
import type { FileRule } from '../rule';
import { parseReference } from './image-reference';

/** Tags, or parts of them, that are moved from one release to the next. */
const FLOATING =
  /(?:^|[._-])(?:current|daily|dev|devel|edge|experimental|latest|lts|main|mainline|master|nightly|oldstable|rolling|stable|testing|unstable)(?:$|[._-]|\d)/i;

/** IMG-002 */
export const NAMED_TAG: FileRule = {
  id: 'IMG-002',
  severity: 'HIGH',
  kind: 'invariant',
  statement: 'Every image that a stage starts from is named with the tag of one release',
  why: 'a tag such as latest says nothing of what is inside, and the digest beside it nothing that a person can read',
  next: 'name the release in the catalogue or in lock.json, and take out what changes FROM',
  fix: 'the platform writes the tag of the release from the catalogue or lock.json',
  sources: ['CIS Docker 5.28', 'Trivy DS-0001', 'hadolint DL3007', 'Dockle DKL-DI-0006', 'Checkov CKV_DOCKER_7'],
  check: (subject) =>
    subject.eachContext((context) =>
      flatMap(externalImages(context), ({ from, reference }) => {
        const { tag } = parseReference(reference);
        if (tag === undefined || tag === '') {
          return [stageFinding(context, from, `FROM ${reference} has no tag`)];
        }
        return FLOATING.test(tag) ? [stageFinding(context, from, `FROM ${reference}: the tag ${tag} floats`)] : [];
      }),
    ),
};
