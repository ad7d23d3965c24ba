import { byCodePoint } from '../../catalog';
import { flatMap } from '../../config/flat-map';
import { onceFor } from '../../config/once-for';
import { readOnce } from '../parsed-texts';
import type { Finding } from '../rule';
import type { RuleContext, RuleSubject } from '../rule-subject';
import { installedFiles, SERVICE_ROOTS, type InstalledFile } from './installed-files';
import { scriptLines, type ScriptLine } from './script-lines';

/** A service of s6, by the files of its directory. */
export interface ServiceDirectory {
  readonly name: string;
  /** By their path in the directory. */
  readonly files: ReadonlyMap<string, InstalledFile>;
  /** `longrun`, `oneshot`, `bundle`, or what its file `type` says. */
  readonly type: string;
  /** The directory, as findings name it. */
  readonly place: string;
}

/** What s6 finds in an image. */
export interface ServiceTree {
  /** Every file that s6, or a start-up script of s6-overlay, reads. */
  readonly files: readonly InstalledFile[];
  /** By name. */
  readonly services: readonly ServiceDirectory[];
}

/** Where s6-overlay looks for services and scripts besides its own tree. */
export const LEGACY_PLACES: readonly string[] = [
  '/etc/cont-finish.d/',
  '/etc/cont-init.d/',
  '/etc/fix-attrs.d/',
  '/etc/services.d/',
];

/** Services below the root of the tree, by where s6 comes from. */
const SERVICES = { overlay: 's6-rc.d', distribution: 'service' } as const;

/** Reads the tree of s6 of a context. */
export const serviceTree = onceFor((context: RuleContext, subject: RuleSubject): ServiceTree => {
  const { supervisor } = subject.facts;
  const places = [...Object.values(SERVICE_ROOTS).map((root) => `${root}/`), ...LEGACY_PLACES];
  const files = installedFiles(context, subject).filter(({ target }) =>
    places.some((place) => target.startsWith(place)),
  );
  const base = `${SERVICE_ROOTS[supervisor]}/${SERVICES[supervisor]}/`;
  const byName = new Map<string, Map<string, InstalledFile>>();
  for (const file of files.filter(({ target }) => target.startsWith(base))) {
    const [name = '', ...path] = file.target.slice(base.length).split('/');
    if (!name.startsWith('.') && path.length > 0) {
      byName.set(name, (byName.get(name) ?? new Map<string, InstalledFile>()).set(path.join('/'), file));
    }
  }
  const services = [...byName]
    .sort(([a], [b]) => byCodePoint(a, b))
    .map(([name, own]) => ({
      name,
      files: own,
      type: supervisor === 'overlay' ? (own.get('type')?.text.trim() ?? 'nothing') : 'longrun',
      place: context.pathOf(`s6-overlay/${SERVICES[supervisor]}/${name}`),
    }));
  return { files, services };
});

/** What is found in each service that s6 keeps running. */
export function eachLongRun(
  subject: RuleSubject,
  look: (service: ServiceDirectory, context: RuleContext) => readonly Finding[],
): readonly Finding[] {
  return subject.eachContext((context) =>
    serviceTree(context, subject)
      .services.filter(({ type }) => type === 'longrun')
      .flatMap((service) => look(service, context)),
  );
}

/** Lines of a script of s6, with what its first line names. */
function linesOf(text: string): readonly ScriptLine[] {
  return scriptLines(text.replace(/^#!/, ''));
}

/** Finds in the lines of the scripts of s6 what depends on nothing but their words: the first of each file. */
export function scriptLineFinder(
  look: (words: readonly string[]) => string | undefined,
): (subject: RuleSubject) => readonly Finding[] {
  const find = onceFor((lines: readonly ScriptLine[]) => {
    for (const { words, line } of lines) {
      const what = look(words);
      if (what !== undefined) {
        return { what, line };
      }
    }
    return null;
  });
  return (subject) =>
    subject.eachContext((context) =>
      flatMap(serviceTree(context, subject).files, (script): Finding[] => {
        const found = find(readOnce(linesOf, script.text));
        return found ? [{ file: `${script.file}:${found.line}`, what: found.what }] : [];
      }),
    );
}
