import { flatMap } from '../../config/flat-map';
import type { ParsedInstruction } from '../parse/dockerfile';
import type { FileRule, Finding } from '../rule';
import type { RuleContext } from '../rule-subject';
import { copied, flagOf, stageFinding, unquote } from './stages';

const NAME = /^[a-z][a-z0-9._-]*$/;
const RESERVED = ['context', 'scratch'];

/** DF-019 */
export const STAGE_GRAPH: FileRule = {
  id: 'DF-019',
  severity: 'CRITICAL',
  kind: 'invariant',
  statement:
    'Stages have names of their own in lower case; copies and mounts name an earlier stage, and no copy takes a whole system',
  why: 'a name that is no stage is an image, fetched from anywhere without a digest; and a whole system brings what the build left behind',
  next: 'name every stage once, copy from stages above, and start from other images in a stage of their own, by digest',
  fix: 'the platform names its stages and copies from /rootfs of the last one',
  sources: [
    'Trivy DS-0006',
    'Trivy DS-0012',
    'BuildKit DuplicateStageName',
    'BuildKit ReservedStageName',
    'hadolint DL3022 to DL3024',
  ],
  check: (subject) => subject.eachContext((context) => [...findNames(context), ...findOrigins(context)]),
};

function findNames(context: RuleContext): Finding[] {
  const { stages } = context.dockerfile();
  return flatMap(stages, ({ name, from }, index) => {
    if (name === undefined) {
      return index === stages.length - 1 ? [] : [stageFinding(context, from, 'a stage before the last has no name')];
    }
    const isTaken = stages.slice(0, index).some((other) => other.name?.toLowerCase() === name.toLowerCase());
    return [
      ...(NAME.test(name) ? [] : [stageFinding(context, from, `the stage ${name} is not named in lower case`)]),
      ...(RESERVED.includes(name.toLowerCase()) ? [stageFinding(context, from, `${name} is reserved`)] : []),
      ...(isTaken ? [stageFinding(context, from, `two stages are named ${name}`)] : []),
    ];
  });
}

function findOrigins(context: RuleContext): Finding[] {
  const { stages } = context.dockerfile();
  return flatMap(stages, ({ instructions }, index) => {
    const earlier = flatMap(stages.slice(0, index), ({ name }) => (name === undefined ? [] : [name.toLowerCase()]));
    return flatMap(instructions, (instruction) => {
      const foreign = originsOf(instruction)
        .filter((from) => !earlier.includes(from.toLowerCase()))
        .map((from) =>
          stageFinding(context, instruction, `${instruction.keyword} takes from ${from}, which is no earlier stage`),
        );
      return [
        ...foreign,
        ...(isWhole(instruction) ? [stageFinding(context, instruction, 'COPY takes a whole system')] : []),
      ];
    });
  });
}

/** Stages or images that an instruction takes files from. */
function originsOf(instruction: ParsedInstruction): string[] {
  const copy = ['ADD', 'COPY'].includes(instruction.keyword) ? flagOf(instruction, 'from') : undefined;
  const mounts = instruction.flags
    .filter(({ name }) => name.toLowerCase() === 'mount')
    .flatMap(({ value }) => value.split(','))
    .flatMap((part) => /^from=(.*)$/i.exec(part)?.[1] ?? []);
  return [...(copy === undefined ? [] : [copy]), ...mounts].map(unquote);
}

function isWhole(instruction: ParsedInstruction): boolean {
  return (
    instruction.keyword === 'COPY' &&
    flagOf(instruction, 'from') !== undefined &&
    copied(instruction).sources.some((source) => /^[./*]*$/.test(source))
  );
}
