import { externalImages, flagOf, lastStage, stageFinding } from '../dockerfile/stages';
import type { FileRule } from '../rule';
import { parseReference } from './image-reference';

/** Namespaces of Docker Hub for one architecture. */
const ONE_ARCHITECTURE = /^docker\.io\/(?:amd64|arm32v\d|arm64v8|i386|mips64le|ppc64le|riscv64|s390x)\//;

/** IMG-005 */
export const NEUTRAL_BASE_NAME: FileRule = {
  id: 'IMG-005',
  severity: 'HIGH',
  kind: 'invariant',
  statement:
    'FROM names repositories for all architectures and fixes no platform; a stage of the build alone may run on $BUILDPLATFORM',
  why: 'with a fixed platform the image for one architecture gets the programs of another, which do not start',
  next: 'name the repository without its architecture, and leave the platform to the build of the context',
  fix: 'the platform names the repository for all architectures with the digest of one',
  sources: ['BuildKit FromPlatformFlagConstDisallowed', 'BuildKit RedundantTargetPlatform', 'hadolint DL3029'],
  check: (subject) =>
    subject.eachContext((context) => {
      const last = lastStage(context);
      return [
        ...externalImages(context)
          .filter(({ reference }) => ONE_ARCHITECTURE.test(parseReference(reference).repository))
          .map(({ from, reference }) => stageFinding(context, from, `FROM ${reference} is for one architecture`)),
        ...context.dockerfile().stages.flatMap((stage) => {
          const platform = flagOf(stage.from, 'platform');
          const isAllowed = platform === undefined || (stage !== last && /^\$\{?BUILDPLATFORM\}?$/.test(platform));
          return isAllowed ? [] : [stageFinding(context, stage.from, `FROM fixes the platform ${platform}`)];
        }),
      ];
    }),
};
