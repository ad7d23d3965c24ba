/** What a registry is shown. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  /**
   * Token for more tokens, as some credential helpers keep it.
   *
   * @default - name and password are shown
   */
  readonly identityToken?: string;
}
