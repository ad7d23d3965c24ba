import { flatMap } from '../../config/flat-map';
import { onceFor } from '../../config/once-for';
import { shellTexts } from '../dockerfile/builds';
import { externalImages, copied, flagOf, stageFinding } from '../dockerfile/stages';
import type { ShellCommand } from '../parse/shell';
import type { FileRule, Finding } from '../rule';
import type { RuleContext, RuleSubject } from '../rule-subject';

/** Lines of apt's and apk's lists of repositories. */
const REPOSITORY =
  /(?:^|\n)\s*(?:URIs:\s*|deb(?:-src)?\s+(?:\[[^\]]*\]\s+)?|(?=https?:\/\/))((?:https?|ftp):\/\/\S+)/gi;

/** Words that a repository stands behind. */
const BEFORE_REPOSITORY = ['-X', '--repository', 'add-apt-repository'];

/** Files that are such lists. */
const LISTS = /\/etc\/(?:apt\/sources\.list(?:\.d\/\S+)?|apk\/repositories)$/;

/** SC-001 */
export const LOCKED_INPUTS: FileRule = {
  id: 'SC-001',
  severity: 'HIGH',
  kind: 'invariant',
  statement:
    'Every input of a build stands in the manifest with its digest: bases, downloads, and the key of each package repository',
  why: 'what is not locked moves unseen, and nobody can tell later what an image was made from',
  next: 'bring the input into the catalogue (Catalog.shipped().with(...)) or into lock.json, and take out what changes the Dockerfile',
  fix: 'the platform takes every input from the catalogue or lock.json; package versions are the matter of DF-013',
  sources: ['SLSA: provenance', 'NIST SP 800-190 4.1.5', 'CIS Docker 4.11', 'OWASP Docker Security: rule 13'],
  check: (subject) =>
    subject.eachContext((context) => [
      ...findSource(subject),
      ...findImages(subject, context),
      ...findDownloads(subject, context),
      ...findRepositories(subject, context),
    ]),
};

function findSource({ facts }: RuleSubject): Finding[] {
  const { packageSource } = facts;
  return packageSource === 'live' || /^snapshot:\d{8}T\d{6}Z$/.test(packageSource)
    ? []
    : [{ what: `the source of packages ${JSON.stringify(packageSource)} is neither live nor a snapshot` }];
}

function findImages({ facts }: RuleSubject, context: RuleContext): Finding[] {
  const { base } = facts.architectures[context.architecture]!;
  const locked = `${base.reference}@${base.digest}`;
  const frontends = context
    .dockerfile()
    .directives.filter(({ name }) => name === 'syntax')
    .map(({ value }) => ({ file: context.pathOf('Dockerfile'), what: `the frontend ${value} is not in the manifest` }));
  return [
    ...frontends,
    ...externalImages(context)
      .filter(({ reference }) => reference !== locked)
      .map(({ from, reference }) => stageFinding(context, from, `FROM ${reference} is not the base of the manifest`)),
  ];
}

function findDownloads({ facts }: RuleSubject, context: RuleContext): Finding[] {
  const { downloads } = facts.architectures[context.architecture]!;
  const adds = context
    .dockerfile()
    .stages.flatMap(({ instructions }) => instructions)
    .filter(({ keyword }) => keyword === 'ADD');
  return flatMap(adds, (add) => {
    const checksum = flagOf(add, 'checksum')?.replace(/^sha256:/, '');
    return copied(add)
      .sources.filter((source) => /^[a-z+]+:\/\/|^git@/i.test(source))
      .filter((source) => !downloads.some(({ url, sha256 }) => url === source && sha256 === checksum))
      .map((source) => stageFinding(context, add, `ADD ${source} is not in the manifest with this checksum`));
  });
}

/** A repository is known where its key is a locked download of the same host. */
function findRepositories({ facts }: RuleSubject, context: RuleContext): Finding[] {
  const hosts = facts.architectures[context.architecture]!.downloads.map(({ url }) => hostOf(url));
  return flatMap(shellTexts(context), (text) =>
    repositoriesIn(text.commands)
      .filter(({ url }) => !hosts.includes(hostOf(url)))
      .map(({ command, url }) =>
        text.finding(command, `packages of ${url}: no key of this repository is in the manifest`),
      ),
  );
}

/** The repositories that a script names to apt or apk, and where. */
const repositoriesIn = onceFor((commands: readonly ShellCommand[]) =>
  flatMap(commands, (command, place) => {
    const isList =
      command.redirects.some(({ target }) => LISTS.test(target)) || command.words.some((word) => LISTS.test(word));
    const writers = isList ? pipeline(commands, place) : [];
    const written = flatMap(writers, ({ documents, words }) => [...documents, ...words]).join('\n');
    const given = command.words.filter((_, index) => BEFORE_REPOSITORY.includes(command.words[index - 1] ?? ''));
    return [...[...written.matchAll(REPOSITORY)].map(([, url]) => url!), ...given].map((url) => ({ command, url }));
  }),
);

/** A command, and those before it whose output goes into it. */
function pipeline(commands: readonly ShellCommand[], index: number): readonly ShellCommand[] {
  let begin = index;
  while (commands[begin - 1]?.piped) {
    begin -= 1;
  }
  return commands.slice(begin, index + 1);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
