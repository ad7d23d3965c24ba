import type { Invocation } from '../parse/shell';

/** Options of apk and of apt-get that take the next word. */
const WITH_VALUE =
  /^(?:-p|-X|-t|-o|-c|--root|--repository|--arch|--keys-dir|--repositories-file|--cache-dir|--virtual|--target-release|--option|--config-file)$/;

/** A call of a package tool. */
export interface PackageCall {
  readonly tool: 'apk' | 'apt' | 'apt-get';
  /** `install`, `add`, `update` */
  readonly action: string;
  /** `--no-cache`, `-y` */
  readonly options: readonly string[];
  /** Names of packages, with their versions where they have them. */
  readonly packages: readonly string[];
}

/** What a program asks apt-get, apt or apk for; undefined for any other program. */
export function packageCall({ program, args }: Invocation): PackageCall | undefined {
  if (program !== 'apk' && program !== 'apt' && program !== 'apt-get') {
    return undefined;
  }
  const words = args.filter((_, index) => !WITH_VALUE.test(args[index - 1] ?? ''));
  const [action = '', ...packages] = words.filter((word) => !word.startsWith('-'));
  return { tool: program, action, options: args.filter((word) => word.startsWith('-')), packages };
}

/** Whether a call puts packages onto the disk. */
export function isInstall({ tool, action }: PackageCall): boolean {
  return tool === 'apk' ? action === 'add' : action === 'install' || action === 'reinstall';
}

/** Whether a short option is among options, alone, together with others or with its value: `y` in `-qy`, in `-yq2`. */
export function hasShort(options: readonly string[], letter: string): boolean {
  return options.some((option) => /^-[A-Za-z]+(?:=?\d+)?$/.test(option) && option.includes(letter));
}
