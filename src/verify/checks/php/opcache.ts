import { verdict, type Check } from '../../check';

export const opcache: Check = {
  id: 'php/opcache',
  expectation: 'OPcache is on and holds the application',
  async run(subject) {
    const server = await subject.server();
    const { enabled, scripts } = await server.ask<{ enabled: boolean; scripts: number }>('opcache');
    return verdict(enabled && scripts > 0, `${enabled ? 'on' : 'off'}, ${scripts} scripts`);
  },
};
