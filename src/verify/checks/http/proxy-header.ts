import { verdict, type Check } from '../../check';

export const proxyHeader: Check = {
  id: 'http/proxy-header',
  expectation: 'a header named Proxy does not become HTTP_PROXY (httpoxy)',
  async run(subject) {
    const server = await subject.server();
    const { proxy } = await server.ask<{ proxy: unknown }>('proxy', { headers: { Proxy: 'http://forged.invalid' } });
    const seen = JSON.stringify(proxy);
    return verdict(!seen.includes('forged'), `PHP sees ${seen}`);
  },
};
