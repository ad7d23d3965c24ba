import { createHash, randomBytes } from 'node:crypto';
import { judge, skip, type Check } from '../../check';
import { configuredLimits } from '../configured-limits';
import { configuredMethods } from '../configured-methods';

/** Bytes: a larger limit is tried with less. */
const MOST = 32 << 20;

export const bodySize: Check = {
  id: 'limits/body-size',
  expectation: 'a body as large as the limit arrives whole, one byte more answers 413',
  async run(subject) {
    if (!(await configuredMethods(subject)).includes('POST')) {
      return skip('the image takes no POST');
    }
    const server = await subject.server();
    const { body: limit } = await configuredLimits(subject);
    const bytes = randomBytes(Math.min(limit, MOST));
    const headers = { 'Content-Type': 'application/octet-stream' };
    const arrived = await server.request('/verify/upload', { method: 'POST', body: bytes, headers });
    const refused = await server.request('/verify/upload', {
      method: 'POST',
      headers: { 'Content-Length': String(limit + 1) },
    });
    const whole = arrived.text.includes(createHash('sha256').update(bytes).digest('hex'));
    return judge(
      [
        ...(whole ? [] : [`${bytes.length} bytes do not arrive whole: ${arrived.status}`]),
        ...(refused.status === 413 ? [] : [`${limit + 1} bytes answer ${refused.status}`]),
      ],
      `${bytes.length} bytes arrive, ${limit + 1} answer 413`,
    );
  },
};
