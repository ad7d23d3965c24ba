import { judge, type Check } from '../../check';
import { configuredMethods } from '../configured-methods';

export const settingsAtStart: Check = {
  id: 'lifecycle/settings-at-start',
  expectation: 'environment variables set limits of nginx and PHP when it starts',
  async run(subject) {
    const server = await subject.start({
      environment: { NGINX_CLIENT_MAX_BODY_SIZE: '1M', PHP_DATE_TIMEZONE: 'Asia/Tokyo', PHP_MEMORY_LIMIT: '48M' },
    });
    const posts = (await configuredMethods(subject)).includes('POST');
    const names = ['memory_limit', 'date.timezone'] as const;
    const ini = await server.ask<Record<(typeof names)[number], string>>(`settings?names=${names.join()}`);
    const answer = await server
      .request('/page', {
        method: 'POST',
        headers: { 'Content-Length': String((1 << 20) + 1) },
        patience: 3000,
      })
      .catch(() => undefined);
    return judge(
      [
        ...(ini.memory_limit === '48M' ? [] : [`memory_limit is ${ini.memory_limit}`]),
        ...(ini['date.timezone'] === 'Asia/Tokyo' ? [] : [`date.timezone is ${ini['date.timezone']}`]),
        ...(answer?.status === 413 || !posts ? [] : [`a body over the limit answers ${answer?.status ?? 'nothing'}`]),
      ],
      'memory_limit 48M, date.timezone Asia/Tokyo, a body over 1M answers 413',
    );
  },
};
