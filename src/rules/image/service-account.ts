import { flatMap } from '../../config/flat-map';
import { programFinder, shellTexts, type ShellText } from '../dockerfile/builds';
import type { Invocation, ShellCommand } from '../parse/shell';
import type { FileRule, Finding } from '../rule';
import { findUnreadAccounts } from './unread-accounts';

/** The first number that no distribution gives to an account of its own or to a person. */
const FIRST_ID = 10_000;

/** Programs that make or change accounts. */
const TOOLS = /^(?:addgroup|adduser|chpasswd|chsh|groupadd|groupmod|gpasswd|newusers|passwd|useradd|usermod|vipw)$/;

const NO_SHELL = /\/(?:nologin|false)$/;
const NO_HOME = ['/nonexistent', '/var/empty', '/dev/null'];

/** A line of /etc/passwd, where it stands. */
interface Account {
  readonly name: string;
  readonly password: string;
  readonly uid: string;
  readonly gid: string;
  readonly home: string;
  readonly shell: string;
  readonly finding: (what: string) => Finding;
}

/** IMG-009 */
export const SERVICE_ACCOUNT: FileRule = {
  id: 'IMG-009',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement: `The server has an account with fixed numbers of at least ${FIRST_ID}, without a login shell, home or password, and no two accounts share a number`,
  why: 'a small number may be that of a person on the host, who would then own the files of the server; an account with a shell or a password is one to log in with',
  next: `choose security.uid and security.gid of at least ${FIRST_ID}, and leave the accounts of scripts/assemble.sh as they are`,
  fix: 'the platform writes /etc/passwd and /etc/group with the account of security, root and nobody, all without a shell',
  sources: [
    'CIS Docker 4.1',
    'CIS NGINX 2.2.1 to 2.2.3',
    'Dockle DKL-LI-0001',
    'Dockle DKL-LI-0002',
    'hadolint DL3046',
  ],
  check: (subject) =>
    subject.eachContext((context) => {
      const [uid, gid] = subject.facts.user.split(':');
      const accounts = flatMap(shellTexts(context), accountsIn);
      const own = accounts.filter((account) => account.uid === uid && account.gid === gid);
      return [
        ...[uid, gid]
          .filter((id) => Number(id) < FIRST_ID)
          .map((id) => ({ what: `the server runs as ${subject.facts.user}: ${id} is less than ${FIRST_ID}` })),
        ...(own.length === 1
          ? []
          : [
              {
                file: context.pathOf('Dockerfile'),
                what: `${own.length} accounts of the image are ${subject.facts.user}`,
              },
            ]),
        ...accounts.flatMap(findLogin),
        ...findTwins(accounts),
        ...findTools(context),
        ...findOutput(context),
        ...findUnreadAccounts(context),
      ];
    }),
};

function findLogin({ name, password, home, shell, uid, finding }: Account): Finding[] {
  return [
    ...(/^[x*!]+$/.test(password) ? [] : [finding(`the account ${name} has a password, or needs none`)]),
    ...(NO_SHELL.test(shell) ? [] : [finding(`the account ${name} has the shell ${shell || 'of the system'}`)]),
    ...(NO_HOME.includes(home) || uid === '0' ? [] : [finding(`the account ${name} has the home ${home}`)]),
  ];
}

function findTwins(accounts: readonly Account[]): Finding[] {
  return flatMap(accounts, ({ name, uid, finding }, index) => {
    const twin = accounts.slice(0, index).find((other) => Number(other.uid) === Number(uid) || other.name === name);
    return twin ? [finding(`the accounts ${twin.name} and ${name} share a name or a number`)] : [];
  });
}

/** Accounts are written, not made by tools, whose results differ from one release to the next. */
const findTools = programFinder(({ program }) =>
  TOOLS.test(program) ? `${program} makes or changes an account` : undefined,
);

/** Output into the files of accounts that does not stand in the command. */
const findOutput = programFinder((invocation) => {
  const isHidden = writes(invocation.command, '/etc/passwd') && linesOf(invocation).length === 0;
  const hasPassword = ['/etc/shadow', '/etc/gshadow'].some((path) => writes(invocation.command, path));
  return isHidden || hasPassword
    ? `${invocation.program} writes accounts or passwords that nobody can read here`
    : undefined;
});

/** The accounts that a text writes into /etc/passwd, from a here-document or by echo and printf. */
function accountsIn(text: ShellText): Account[] {
  return text.invocations
    .filter(({ command }) => writes(command, '/etc/passwd'))
    .flatMap((invocation) =>
      linesOf(invocation).map((line): Account => {
        const [name = '', password = '', uid = '', gid = '', , home = '', shell = ''] = line.split(':');
        const finding = (what: string): Finding => text.finding(invocation.command, what);
        return { name, password, uid, gid, home, shell, finding };
      }),
    );
}

/** Whether the output of a command goes to a path, by itself or by way of `tee`. */
function writes({ words, redirects }: ShellCommand, path: string): boolean {
  return (
    redirects.some(({ operator, target }) => operator.includes('>') && target.endsWith(path)) ||
    (/^(?:\S*\/)?tee$/.test(words[0] ?? '') && words.some((word) => word.endsWith(path)))
  );
}

function linesOf({ program, args, command }: Invocation): string[] {
  const texts = program === 'echo' || program === 'printf' ? args.join('\n') : documentsOf(command);
  return texts.split(/\n|\\n/).filter((line) => line.includes(':'));
}

function documentsOf({ documents }: ShellCommand): string {
  return documents.join('\n');
}
