import { flatMap } from '../../config/flat-map';
import { externalImages, stageFinding } from '../dockerfile/stages';
import type { FileRule } from '../rule';
import { parseReference } from './image-reference';

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** IMG-001 */
export const PINNED_BASE: FileRule = {
  id: 'IMG-001',
  severity: 'HIGH',
  kind: 'invariant',
  statement: 'Every image that a stage starts from is pinned by its digest',
  why: 'a tag is moved by whoever may push it, and the next build would start from something that nobody has looked at',
  next: 'let the catalogue or lock.json name the digest of the architecture’s own manifest, and take out what changes FROM',
  fix: 'the platform writes FROM with the digest of the catalogue or of lock.json',
  sources: ['CIS Docker 4.2', 'NIST SP 800-190 4.1.5', 'hadolint DL3006', 'Dockle DKL-DI-0006'],
  check: (subject) =>
    subject.eachContext((context) =>
      flatMap(externalImages(context), ({ from, reference }) => {
        if (reference.includes('$')) {
          return [stageFinding(context, from, `FROM ${reference} is decided by a variable of the build`)];
        }
        const { digest } = parseReference(reference);
        if (digest === undefined) {
          return [stageFinding(context, from, `FROM ${reference} has no digest`)];
        }
        return DIGEST.test(digest)
          ? []
          : [stageFinding(context, from, `FROM ${reference}: ${digest} is not a sha256 digest`)];
      }),
    ),
};
