/**
 * The newest tag of the same form as one: another date of the same release (`trixie-20260918-slim`), or another patch
 * of it (`3.24.2`). The tag itself where none is newer, or where its form says nothing of age.
 *
 * @param release name of the release: `trixie`, `24.04`, `3.24`
 * @param tags all that the registry has
 */
export function newestTag(tag: string, release: string, tags: readonly string[]): string {
  const pattern = formOf(tag, release);
  if (!pattern) {
    return tag;
  }
  const number = (name: string): number => Number(pattern.exec(name)?.[1] ?? -1);
  return tags.reduce((newest, other) => (number(other) > number(newest) ? other : newest), tag);
}

function formOf(tag: string, release: string): RegExp | undefined {
  const dated = /^(.*\b)(\d{8})(\b.*)$/.exec(tag);
  if (dated) {
    return new RegExp(`^${literal(dated[1]!)}(\\d{8})${literal(dated[3]!)}$`);
  }
  const patch = tag.startsWith(`${release}.`) ? /^(\d+)(.*)$/.exec(tag.slice(release.length + 1)) : undefined;
  return patch ? new RegExp(`^${literal(release)}\\.(\\d+)${literal(patch[2]!)}$`) : undefined;
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
