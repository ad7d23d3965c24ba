import { programFinder } from '../dockerfile/builds';
import { targetsOf } from '../dockerfile/option-values';
import { copied, findInstructions } from '../dockerfile/stages';
import type { Invocation } from '../parse/shell';
import type { Finding } from '../rule';
import type { RuleContext } from '../rule-subject';

/** Files of accounts, of groups and of their passwords. */
const FILES = /(?:^|\/)etc\/g?(?:group|passwd|shadow)-?$/;

/** Programs that put files elsewhere, under their own names or others. */
const MOVERS = /^(?:cp|install|ln|mv|put|rsync)$/;

/** Programs that change the files which they are given, and those that do so where an option says it. */
const EDITORS = /^(?:ed|ex|patch|truncate|vi)$/;
const EDITORS_IN_PLACE = /^(?:g?awk|perl|ruby|sed)$/;
const IN_PLACE = /^(?:-[a-zA-Z]*i|--in-place)/;

/** Changes of the files of accounts by which a rule would not see what accounts there are. */
export function findUnreadAccounts(context: RuleContext): Finding[] {
  return [
    ...findChanges(context),
    ...findInstructions(context, ['ADD', 'COPY'], (instruction) => {
      const { sources, target } = copied(instruction);
      return told(instruction.keyword, placesOf(sources, [target]));
    }),
  ];
}

const findChanges = programFinder((invocation) => told(invocation.program, changedBy(invocation)));

function told(who: string, paths: readonly string[]): string | undefined {
  const path = paths.find((place) => FILES.test(place));
  return path === undefined
    ? undefined
    : `${who} changes ${path}, and nobody can read here what accounts there are then`;
}

function changedBy({ program, args }: Invocation): readonly string[] {
  if (MOVERS.test(program)) {
    return placesOf(args, targetsOf(args));
  }
  if (EDITORS.test(program) || (EDITORS_IN_PLACE.test(program) && args.some((arg) => IN_PLACE.test(arg)))) {
    return args;
  }
  return program === 'dd' ? args.map((arg) => arg.replace(/^of=/, '')) : [];
}

/** Where files may lie after they were put somewhere: there, or in a directory of that name. */
function placesOf(files: readonly string[], targets: readonly string[]): string[] {
  return targets.flatMap((target) => [
    target,
    ...files.map((file) => `${target.replace(/\/$/, '')}/${file.slice(file.lastIndexOf('/') + 1)}`),
  ]);
}
