/** What secrets look like, by the marks that their makers gave them. */
const MARKS: ReadonlyArray<readonly [string, RegExp]> = [
  ['a private key', /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|^PuTTY-User-Key-File-|AGE-SECRET-KEY-1/m],
  ['a key of AWS', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a token of GitHub', /\bgh[oprsu]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}/],
  ['a token of GitLab', /\bglpat-[\w-]{20,}/],
  ['a token of Slack', /\bxox[abeoprs]-[\w-]{10,}|hooks\.slack\.com\/services\/T\w+\/B\w+\/\w+/],
  ['a key of Google', /\bAIza[\w-]{35}/],
  ['a key of Stripe', /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/],
  ['a token of npm', /\bnpm_[A-Za-z0-9]{36}|_authToken\s*=\s*[^\s$]/],
  ['a token of Docker', /\bdckr_[po]at_[\w-]{20,}/],
  ['a key of SendGrid', /\bSG\.[\w-]{16,}\.[\w-]{16,}/],
  ['a signed token (JWT)', /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/],
  // What stands before it is looked for last: words are in every text, and addresses are not.
  ['an address with its password', /:\/\/(?<=\b[a-z][a-z0-9+.-]*:\/\/)[^\s/:@'"]*:[^\s/@'"$<{%]+@[^\s/'"]/i],
];

/** A part of every mark but the last: most texts have none, and are not searched for each mark by itself. */
const CUE =
  /PRIVATE KEY|PuTTY-User|AGE-SECRET|A[KS]IA|gh[oprsu]_|github_pat_|glpat-|xox|hooks\.slack|AIza|k_(?:live|test)_|npm_|_authToken|dckr_|SG\.|eyJ/;

/** Words of a name that stand for a secret; BuildKit's, and those of Trivy. */
const SECRET_NAME =
  /(?:^|_)(?:apikey|auth|credentials?|key|pass|passphrase|passwd|password|psw|pwd|pword|secret|token|usr)(?:_|$)/i;

/** A word of those, as it stands in the name of a variable. */
const SECRET_WORD = /APIKEY|AUTH|CREDENTIAL|KEY|PASS|PSW|PWD|PWORD|SECRET|TOKEN|USR/;

/** Variables of a shell that only look so. */
const PLAIN_NAMES = ['PWD', 'OLDPWD'];

/** `NAME=value`, `NAME: value`, `'NAME' => 'value'`. */
const ASSIGNMENT = /(?:^|[\s,;{[(])["']?([A-Z][A-Z0-9_]*)["']?[ \t]*(?:=>?|:)[ \t]*(\S+)/gm;

/** `export NAME value` of execline. */
const EXPORT = /(?:^|\s)export[ \t]+([A-Z][A-Z0-9_]*)[ \t]+(\S+)/gm;

/** What kind of secret stands in a text; undefined for none. */
export function secretMark(text: string): string | undefined {
  const marks = CUE.test(text) ? MARKS : MARKS.slice(-1);
  return marks.find(([, pattern]) => pattern.test(text))?.[0];
}

/** Whether a variable is named as a secret; `public` takes the name out, as it does for BuildKit. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !/(?:^|_)public(?:_|$)/i.test(name) && !PLAIN_NAMES.includes(name);
}

/** The first variable with the name of a secret that a text gives a value of its own, not a path or a variable. */
export function assignedSecret(text: string): string | undefined {
  // Most texts have no such word, and are not searched for what is assigned.
  if (!SECRET_WORD.test(text)) {
    return undefined;
  }
  return [...text.matchAll(ASSIGNMENT), ...text.matchAll(EXPORT)]
    .filter(([, name, value]) => isSecretName(name!) && /^["']?[^\s"'$<{%/([,;)\]}]/.test(value!))
    .map(([, name]) => name)[0];
}

/** Whether a value has the look of something that a machine drew by chance: long, of all kinds of characters. */
export function looksRandom(value: string): boolean {
  return (
    /^[A-Za-z0-9+=_-]{20,}$/.test(value) &&
    [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(value)) &&
    entropy(value) >= 3.7
  );
}

/** Bits for each character. */
function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return [...counts.values()].reduce((sum, count) => sum - (count / value.length) * Math.log2(count / value.length), 0);
}
