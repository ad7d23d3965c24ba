import type { Invocation } from '../parse/shell';
import type { FileRule } from '../rule';
import { programFinder } from './builds';

/** Composer, by its name, by its archive, or by the variable of scripts/application.sh. */
const COMPOSER = /^(?:\S*\/)?(?:composer(?:\.phar)?|\$\{?composer\}?)$/;

/** Programs that run it as their argument. */
const RUNNERS = /^(?:php[\d.]*|\$\{?php\}?)$/;

/** What Composer does without fetching anything. */
const HARMLESS =
  /^(?:about|check-platform-reqs|depends|diagnose|dump-?autoload|licenses|prohibits|show|status|validate)$/;

/** Without these packages for development are installed, and a package that is new in the lock runs its scripts. */
const NEEDED = ['--no-dev', '--no-scripts'];

/** DF-027 */
export const COMPOSER_BY_LOCK: FileRule = {
  id: 'DF-027',
  severity: 'HIGH',
  kind: 'invariant',
  statement:
    'Composer installs what composer.lock names, without packages for development and without scripts, on the PHP and the extensions that are there',
  why: 'what Composer resolves while it builds is something else each time, tools for development open doors in a server, and scripts run whatever they like as root',
  next: 'write composer install --no-dev --no-scripts, or leave it to the construct Application, and commit composer.lock',
  fix: 'scripts/application.sh of the construct Application calls Composer in this way',
  sources: ['Composer: composer install', 'SLSA: provenance', 'NIST SP 800-190 4.1.5', 'CIS Docker 4.11'],
  check: (subject) => subject.eachContext((context) => findLoose(context)),
};

const findLoose = programFinder(whatIsLoose);

function whatIsLoose({ program, args }: Invocation): string | undefined {
  const words = RUNNERS.test(program) ? argumentsAfter(args) : COMPOSER.test(program) ? args : undefined;
  if (!words) {
    return undefined;
  }
  const action = words.find(
    (word, index) => !word.startsWith('-') && !/^(?:-d|--working-dir)$/.test(words[index - 1] ?? ''),
  );
  const ignored = words.find((word) => /^--ignore-platform-req/.test(word));
  if (ignored !== undefined) {
    return `composer ${ignored} installs what this PHP may not run`;
  }
  if (action === undefined || HARMLESS.test(action)) {
    return undefined;
  }
  if (action !== 'install' && action !== 'i') {
    return `composer ${action} fetches what no lock names`;
  }
  const missing = NEEDED.filter((option) => !words.includes(option));
  return missing.length === 0 ? undefined : `composer install without ${missing.join(' and ')}`;
}

/** The arguments of Composer, where PHP runs it. */
function argumentsAfter(args: readonly string[]): readonly string[] | undefined {
  const at = args.findIndex((word) => COMPOSER.test(word));
  return at < 0 ? undefined : args.slice(at + 1);
}
