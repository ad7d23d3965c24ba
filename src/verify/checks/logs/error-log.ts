import { verdict, type Check } from '../../check';
import { errorLines } from '../error-lines';

/** Characters: more than a pipe's atomic write, PHP-FPM's own limit is 1024. */
const LENGTH = 6000;

export const errorLog: Check = {
  id: 'logs/error-log',
  expectation: "PHP's error_log writes its message on stderr: one line, without a prefix of PHP-FPM, not cut at 6 KB",
  async run(subject) {
    const server = await subject.server();
    await server.ask(`log?length=${LENGTH}`);
    const lines = await errorLines(server, ' end of it');
    const line = lines.find((text) => text.includes('start of a long message')) ?? '';
    const whole = `${'start of a long message '.padEnd(LENGTH, 'x')} end of it`;
    // PHP itself may put the time in front.
    const prefix = line.slice(0, line.indexOf('start of')).trim();
    const seen = `${line.length} of ${whole.length} characters, ${prefix ? `after ${JSON.stringify(prefix)}` : 'no prefix'}`;
    return verdict(line.endsWith(whole) && /^(?:\[[\w :/+-]+\])?$/.test(prefix), seen);
  },
};
