/** A command that makes directories. `/bin` is where every distribution has it, be it a link to `/usr/bin`. */
export function makeDirectories(paths: readonly string[]): readonly string[] {
  return ['/bin/mkdir', '-p', ...paths];
}
