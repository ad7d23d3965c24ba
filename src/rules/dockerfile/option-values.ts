/** Values of an option among arguments: `-t X`, `-tX`, `-Dt X`, `--target-directory X`, `--target-directory=X`. */
export function optionValues(args: readonly string[], short: string, long: string): string[] {
  if (!args.some((arg) => arg.startsWith('-'))) {
    return [];
  }
  const pattern = new RegExp(`(?:^|\\0)(?:-[a-zA-Z]*${short}\\0?|--${long}[=\\0])([^\\0]+)`, 'g');
  return [...args.join('\0').matchAll(pattern)].map(([, value]) => value!);
}

/** Where cp, install, ln and mv put files: what comes last, and the directories of an option. */
export function targetsOf(args: readonly string[]): string[] {
  return [...args.slice(-1), ...optionValues(args, 't', 'target-directory')];
}
