import type { Problem } from '../../../errors';
import type { OutputFile } from '../../../synth/render-image';
import { checked, combined, count, skipped, type Check } from '../check';
import type { CheckedTree } from '../checked-tree';
import { baseName, distinctFiles, placeInContext } from '../distinct-files';
import { ask, findProgram, withFiles } from '../program';
import { fault, type Judge } from './judge';

/** What s6 reads: service directories, and scripts of execline and sh by their own programs where those are installed. */
export const judgeSupervisor: Judge = (tree) =>
  combined('s6', 'services, and the scripts of the image', [readServices(tree), parseExecline(tree), parseShell(tree)]);

/** Signals that s6-supervise takes in `down-signal`. */
const SIGNALS = ['SIGALRM', 'SIGABRT', 'SIGQUIT', 'SIGHUP', 'SIGKILL', 'SIGTERM', 'SIGINT', 'SIGUSR1', 'SIGUSR2'];

/** What the files of a service directory hold; a file that is not here is read as a script or a name. */
const VALUES: Readonly<Record<string, (text: string) => boolean>> = {
  type: (text) => ['longrun', 'oneshot', 'bundle'].includes(text),
  'down-signal': (text) => SIGNALS.includes(text),
  'notification-fd': (text) => /^\d+$/.test(text) && Number(text) > 2,
  'timeout-kill': (text) => /^\d+$/.test(text),
  'timeout-up': (text) => /^\d+$/.test(text),
  'timeout-down': (text) => /^\d+$/.test(text),
  'max-death-tally': (text) => /^\d+$/.test(text),
};

function readServices({ files }: CheckedTree): Check {
  const ofServices = files.filter(({ path }) => placeInContext(path)?.file.startsWith('s6-overlay/'));
  const problems = distinctFiles(ofServices, (file) => baseName(file) in VALUES).flatMap((file) => {
    const text = file.content.replace(/\n$/, '');
    return VALUES[baseName(file)]!(text)
      ? []
      : [fault(file.path, `holds ${JSON.stringify(text)}, which s6 does not take`)];
  });
  return checked('service directories', count(ofServices.length, 'file'), [...problems, ...strangers(ofServices)]);
}

/** Services of s6-rc that another one needs and that are nowhere. */
function strangers(files: readonly OutputFile[]): Problem[] {
  const services = new Set(files.map(({ path }) => /^(.+\/s6-rc\.d\/[^/]+)\/type$/.exec(path)?.[1]));
  return files.flatMap(({ path }) => {
    const [, root, needed] = /^(.+\/s6-rc\.d)\/[^/]+\/dependencies\.d\/([^/]+)$/.exec(path) ?? [];
    const isKnown = !root || needed === 'base' || services.has(`${root}/${needed}`);
    return isKnown ? [] : [fault(path, `needs the service ${needed}, which is not there`)];
  });
}

/** execlineb parses the whole script before it runs the first command, which here is `exit`. */
function parseExecline({ files }: CheckedTree): Check {
  const execlineb = findProgram('execlineb');
  if (!execlineb) {
    return skipped('execlineb', 'execline is not installed here');
  }
  const scripts = distinctFiles(
    files,
    ({ path, content }) => /^#!\S*\/execlineb\b/.test(content) || /\/s6-rc\.d\/[^/]+\/(?:up|down)$/.test(path),
  );
  const problems = scripts.flatMap(({ path, content }) => {
    const [, options = '-P'] = /^#!\S+ (\S+)\n/.exec(content) ?? [];
    return withFiles(
      () => [['script', `exit 0\n${content.replace(/^#!.*\n/, '')}`]],
      (directory) => {
        const { status, output } = ask(execlineb, [options, `${directory}/script`]);
        return status === 0 && output === '' ? [] : [fault(path, output.trim())];
      },
    );
  });
  return checked('execlineb', count(scripts.length, 'script'), problems);
}

function parseShell({ files }: CheckedTree): Check {
  const shell = findProgram('dash', 'sh');
  if (!shell) {
    return skipped('sh -n', 'there is no sh here');
  }
  const scripts = distinctFiles(files, ({ path, content }) => /^#!\/bin\/sh\b/.test(content) || path.endsWith('.sh'));
  const problems = scripts.flatMap(({ path, content }) =>
    withFiles(
      () => [['script.sh', content]],
      (directory) => {
        const { status, output } = ask(shell, ['-n', `${directory}/script.sh`]);
        return status === 0 ? [] : [fault(path, output.replaceAll(`${directory}/script.sh: `, '').trim())];
      },
    ),
  );
  return checked('sh -n', count(scripts.length, 'script'), problems);
}
