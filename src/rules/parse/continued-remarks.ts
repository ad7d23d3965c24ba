import { COMMENT } from './split-dockerfile';

/** A remark, or an empty line and a remark, after a line that goes on. */
const MAY_HAVE = /[\\`][ \t]*\r?\n(?:[ \t]*\r?\n)*[ \t]*#/;

/** Names of here-documents, whose bodies begin where the instruction ends. */
const DOCUMENTS = /<<-?[ \t]*(["']?)([A-Za-z_]\w*)\1/g;

/** By which lines go on, in the place of a backslash. */
const OTHER_ESCAPE = /^(?:[ \t]*#.*\n)*?[ \t]*#[ \t]*escape[ \t]*=[ \t]*`/i;

/**
 * A Dockerfile without the remarks between lines of one instruction, which a builder leaves out before it reads the
 * instruction: a shell that read them would take what follows for another command. Every line keeps its number.
 */
export function withoutContinuedRemarks(text: string): string {
  if (!MAY_HAVE.test(text)) {
    return text;
  }
  const escape = OTHER_ESCAPE.test(text) ? '`' : '\\';
  let isOpen = false;
  let ahead: string[] = [];
  let within: string[] = [];
  const read = (line: string): string => {
    if (within.length > 0) {
      within = line.replace(/^\t+/, '').trimEnd() === within[0] ? within.slice(1) : within;
      return line;
    }
    if (COMMENT.test(line)) {
      return isOpen ? escape : line;
    }
    if (isOpen && line.trim() === '') {
      return line;
    }
    ahead.push(...[...line.matchAll(DOCUMENTS)].map(([, , name]) => name!));
    isOpen = line.trimEnd().endsWith(escape);
    if (!isOpen) {
      [within, ahead] = [ahead, []];
    }
    return line;
  };
  return text.split('\n').map(read).join('\n');
}
