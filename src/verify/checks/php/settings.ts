import { judge, type Check } from '../../check';

/** What has to hold in every image; empty and 0 both mean off. */
const WANTED: Readonly<Record<string, RegExp>> = {
  allow_url_include: /^0?$/,
  'cgi.fix_pathinfo': /^0?$/,
  display_errors: /^(?:0|off)?$/i,
  display_startup_errors: /^0?$/,
  enable_dl: /^0?$/,
  expose_php: /^0?$/,
  html_errors: /^0?$/,
  log_errors: /^1$/,
  'session.cookie_httponly': /^1$/,
  'session.cookie_samesite': /^(?:Lax|Strict)$/,
  'session.use_only_cookies': /^1$/,
  'session.use_strict_mode': /^1$/,
  'session.use_trans_sid': /^0?$/,
  'zend.assertions': /^-1$/,
  'zend.exception_ignore_args': /^1$/,
};

export const settings: Check = {
  id: 'php/settings',
  expectation: 'the production values of php.ini are in force, not only written down',
  async run(subject) {
    const server = await subject.server();
    const names = Object.keys(WANTED);
    const seen = await server.ask<Record<string, string | false>>(`settings?names=${names.join()}`);
    const wrong = names.filter((name) => !WANTED[name]!.test(String(seen[name])));
    return judge(
      wrong.map((name) => `${name} is ${JSON.stringify(seen[name])}`),
      `${names.length} settings as they should be`,
    );
  },
};
