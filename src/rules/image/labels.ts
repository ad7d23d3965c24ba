import { flatMap } from '../../config/flat-map';
import { lastStage, stageFinding, unquote } from '../dockerfile/stages';
import type { FileRule } from '../rule';

const PREFIX = 'org.opencontainers.image.';

/** Of the moment and the commit of a build: they come from outside, and a committed file could only have old ones. */
const OF_THE_BUILD = ['created', 'revision'];

/** IMG-010 */
export const LABELS: FileRule = {
  id: 'IMG-010',
  severity: 'LOW',
  kind: 'invariant',
  statement:
    'The image has the labels title, description, version, base.name and base.digest of the OCI, and they are true; created and revision come with the build',
  why: 'without them nobody can tell from a registry what an image is made from, and with a frozen date or commit they tell something wrong',
  next: 'take out what changes LABEL',
  fix: 'the platform writes the labels; the publisher adds created from SOURCE_DATE_EPOCH, revision and source',
  sources: ['OCI Image Specification: annotations', 'hadolint DL3048 to DL3056'],
  check: (subject) =>
    subject.eachContext((context) => {
      const stage = lastStage(context);
      const labels = new Map(
        stage.instructions
          .filter(({ keyword }) => keyword === 'LABEL')
          .flatMap(({ properties }) => properties)
          .map(({ name, value }) => [unquote(name), value ?? '']),
      );
      const { base } = subject.facts.architectures[context.architecture]!;
      const expected: ReadonlyArray<readonly [string, string | undefined]> = [
        ['title', undefined],
        ['description', undefined],
        ['version', undefined],
        ['base.name', base.reference],
        ['base.digest', base.digest],
      ];
      const wrong = flatMap(expected, ([name, value]) => {
        const found = labels.get(`${PREFIX}${name}`);
        if (!found) {
          return [`the label ${PREFIX}${name} is absent or empty`];
        }
        return value === undefined || found === value ? [] : [`the label ${PREFIX}${name} is ${found}, not ${value}`];
      });
      const frozen = OF_THE_BUILD.filter((name) => labels.has(`${PREFIX}${name}`)).map(
        (name) => `the label ${PREFIX}${name} is fixed in the Dockerfile`,
      );
      return [...wrong, ...frozen].map((what) => stageFinding(context, stage.from, what));
    }),
};
