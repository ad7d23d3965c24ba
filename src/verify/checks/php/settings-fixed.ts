import { judge, type Check } from '../../check';

const FIXED: Readonly<Record<string, RegExp>> = {
  display_errors: /^(?:0|off)?$/i,
  log_errors: /^1$/,
  error_log: /^(?!\/tmp)/,
  'session.use_strict_mode': /^1$/,
};

export const settingsFixed: Check = {
  id: 'php/settings-fixed',
  expectation: 'an application cannot switch on display_errors, switch off its log, or loosen its sessions',
  async run(subject) {
    const seen = await (await subject.server()).ask<Record<string, string>>('attempts');
    const changed = Object.keys(FIXED).filter((name) => !FIXED[name]!.test(seen[name] ?? ''));
    return judge(
      changed.map((name) => `ini_set changes ${name} to ${JSON.stringify(seen[name])}`),
      'ini_set changes none of them',
    );
  },
};
