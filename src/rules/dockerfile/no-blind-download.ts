import { flatMap } from '../../config/flat-map';
import { isShell, type Invocation } from '../parse/shell';
import type { FileRule } from '../rule';
import type { RuleContext } from '../rule-subject';
import { shellFinder, shellTexts, type ShellScript, type ShellText, type Told } from './builds';

/** Programs that fetch. */
const FETCHES = /^(?:aria2c|axel|curl|fetch|http|https|lftp|lwp-request|wget|wget2)$/;

/** Programs that run what they are given. */
const RUNS = /^(?:bun|deno|execlineb|eval|node|perl|php[\d.]*|python[\d.]*|ruby|source|\.|tclsh)$/;

/** Programs that read a checksum or a signature. */
const CHECKS = /^(?:cosign|gpg|gpgv|gpgv2|minisign|openssl|rsync-ssl|sha256sum|sha384sum|sha512sum|shasum|signify)$/;

/** Where what is put into the image as a file lies: it does not run in a build. */
const IN_THE_IMAGE = /^config\/files\//;

/** DF-016 */
export const NO_BLIND_DOWNLOAD: FileRule = {
  id: 'DF-016',
  severity: 'CRITICAL',
  kind: 'invariant',
  statement: 'No download is run as it comes, and none is used before its checksum or signature was checked',
  why: 'whoever can change what is at the other end, or on the way, runs code in the build and in every image of it',
  next: 'fetch by ADD --checksum=sha256:... in a stage of its own, with the checksum from the catalogue or lock.json',
  sources: ['CIS Docker 4.11', 'NIST SP 800-190 4.1.5', 'OWASP Docker Security: rule 13'],
  check: (subject) =>
    subject.eachContext((context) => [
      ...findRun(context),
      ...findUnchecked(
        context,
        shellTexts(context).filter((text) => !isOfTheImage(context, text)),
      ),
    ]),
};

/** What is run as it comes. */
const findRun = shellFinder((script) => [...findPiped(script), ...findInline(script)]);

/** `curl ... | sh`, with anything between the two. */
function findPiped({ invocations }: ShellScript): Told[] {
  return flatMap(pipelines(invocations), (pipeline): Told[] => {
    const fetch = pipeline.findIndex(isFetch);
    const run = pipeline.findIndex(({ program }, index) => index > fetch && (isShell(program) || RUNS.test(program)));
    return fetch < 0 || run < 0
      ? []
      : [[pipeline[fetch]!.command, `${pipeline[fetch]!.program} goes straight into ${pipeline[run]!.program}`]];
  });
}

/** `sh -c "$(curl ...)"`, `. <(curl ...)`, `eval` and back quotes; `$(curl ...)` by itself is run by the shell. */
function findInline({ invocations }: ShellScript): Told[] {
  return invocations
    .filter(({ command }) => command.inner.some(({ words }) => FETCHES.test((words[0] ?? '').replace(/^.*\//, ''))))
    .flatMap(({ program, command }): Told[] => {
      const isFetched = /^(?:[$<]\(|`)/.test(command.words[0] ?? '');
      return isFetched || isShell(program) || RUNS.test(program) || /^[$`<]/.test(program)
        ? [[command, `${isFetched ? 'the shell' : program} runs what it fetches`]]
        : [];
    });
}

const findUnchecked = shellFinder(({ invocations }) =>
  flatMap(invocations, (invocation, index): Told[] => {
    const what = isFetch(invocation) ? invocation.program : otherFetch(invocation);
    const isChecked =
      isFetch(invocation) &&
      invocations.slice(index + 1).some(({ program, args }) => CHECKS.test(program) && isCheck(program, args));
    return what === undefined || isChecked
      ? []
      : [[invocation.command, `${what} fetches something, and nothing checks it`]];
  }),
);

/** What fetches of git; some options take the next word. */
const GIT_FETCHES =
  /^(?:(?:-[cC]|--(?:exec-path|git-dir|namespace|work-tree)) \S+ |-\S+ )*(?:clone|fetch|pull|submodule)\b/;

/** Whether a program fetches; `curl --version` does not. */
function isFetch({ program, args }: Invocation): boolean {
  return (
    FETCHES.test(program) && args[0] !== '--help' && args.some((word) => !/^(?:-V|-h|--help|--version)$/.test(word))
  );
}

function isCheck(program: string, args: readonly string[]): boolean {
  const text = args.join(' ');
  return /sum$/.test(program)
    ? /(?:^| )(?:-[a-z]*c|--check)(?: |$)/.test(text)
    : /verify|-V/.test(text) || program.startsWith('gpgv');
}

/** Fetching by programs that do other things too. */
function otherFetch({ program, args }: Invocation): string | undefined {
  const text = args.join(' ');
  if (program === 'git' && GIT_FETCHES.test(text)) {
    return 'git';
  }
  if (/^(?:pecl|pear)$/.test(program) && /\binstall\b/.test(text)) {
    return program;
  }
  const isPip = /^pipx?[\d.]*$/.test(program) || (/^python[\d.]*$/.test(program) && /(?:^| )-m pipx?\d* /.test(text));
  if (isPip && /\binstall\b/.test(text) && !/--require-hashes/.test(text)) {
    return program;
  }
  return RUNS.test(program) && /\bhttps?:\/\//.test(text) ? program : undefined;
}

/** Programs whose outputs go into one another. */
function pipelines(invocations: readonly Invocation[]): Invocation[][] {
  const found: Invocation[][] = [];
  let open = false;
  for (const invocation of invocations) {
    if (open) {
      found.at(-1)!.push(invocation);
    } else {
      found.push([invocation]);
    }
    open = invocation.command.piped;
  }
  return found;
}

function isOfTheImage(context: RuleContext, text: ShellText): boolean {
  const file = text.finding(undefined, '').file ?? '';
  return text.kind === 'script' && IN_THE_IMAGE.test(file.slice(context.architecture.length + 1));
}
