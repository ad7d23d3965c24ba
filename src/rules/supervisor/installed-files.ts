import { flatMap } from '../../config/flat-map';
import { onceFor } from '../../config/once-for';
import type { RuleContext, RuleSubject } from '../rule-subject';

/** A file of the context, where the image has it. */
export interface InstalledFile {
  /** Path in the image. */
  readonly target: string;
  readonly text: string;
  /** Whether the image may run it. */
  readonly executable: boolean;
  /** As findings name it: `amd64/s6-overlay/init`. */
  readonly file: string;
}

/** Where the tree of s6 lies in the image, by where s6 comes from. */
export const SERVICE_ROOTS = { overlay: '/etc/s6-overlay', distribution: '/etc/s6' } as const;

/** Every file of the context that the image gets: by its place in the context, and by what assemble.sh does with it. */
export const installedFiles = onceFor((context: RuleContext, { facts }: RuleSubject): readonly InstalledFile[] => {
  const put = puts(context.text('scripts/assemble.sh') ?? '');
  return flatMap(context.files, ({ path, content, executable }): InstalledFile[] => {
    const source = path.slice(context.architecture.length + 1);
    const placed = put.filter((item) => item.source === source);
    if (placed.length > 0) {
      return placed.map(({ target, mode }) => ({
        target,
        text: content,
        executable: (Number.parseInt(mode, 8) & 0o111) === 0o111,
        file: path,
      }));
    }
    const target = source
      .replace(/^s6-overlay\//, `${SERVICE_ROOTS[facts.supervisor]}/`)
      .replace(/^config\/files\//, '/');
    return target.startsWith('/') ? [{ target, text: content, executable, file: path }] : [];
  });
});

interface Put {
  readonly mode: string;
  readonly source: string;
  readonly target: string;
}

/** Lines of assemble.sh that put a file into its place: `put MODE SOURCE TARGET`. */
function puts(script: string): Put[] {
  const lines = script.replace(/\\\n/g, ' ').matchAll(/^\s*put\s+(\S+)\s+(\S+)\s+(\S+)/gm);
  const plain = (word: string): string => word.replace(/["']/g, '');
  return [...lines].map(([, mode = '', source = '', target = '']) => ({
    mode: plain(mode),
    source: plain(source),
    target: plain(target),
  }));
}
