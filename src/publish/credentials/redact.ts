/** Stands in the place of a secret. */
const HIDDEN = '[hidden]';

/** Shorter words stand anywhere: hiding them would hide what was done. */
const LEAST = 4;

/** Takes secrets out of everything that is shown or written. */
export class Redactor {
  private readonly forms = new Set<string>();

  /** Adds a secret, in the forms in which it may be met. */
  add(secret: string | undefined, username?: string): void {
    if (!secret || secret.length < LEAST) {
      return;
    }
    const pair = username === undefined ? [] : [Buffer.from(`${username}:${secret}`).toString('base64')];
    const plain = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
    [...plain, Buffer.from(secret).toString('base64'), ...pair].forEach((form) => this.forms.add(form));
  }

  /** The same value without secrets in any of its texts; names of fields stay, also where one is the secret. */
  value<T>(value: T): T {
    const hide = (_: string, inner: unknown): unknown => (typeof inner === 'string' ? this.text(inner) : inner);
    return this.forms.size === 0 ? value : (JSON.parse(JSON.stringify(value, hide)) as T);
  }

  text(text: string): string {
    return [...this.forms]
      .sort((a, b) => b.length - a.length)
      .reduce((result, form) => result.replaceAll(form, HIDDEN), text);
  }
}
