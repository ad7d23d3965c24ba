import { verdict, type Check } from '../../check';

export const ports: Check = {
  id: 'config/ports',
  expectation: 'the image exposes the ports of the manifest and no other',
  async run(subject) {
    const seen = [...(await subject.settings()).ports].sort();
    const wanted = subject.image.ports.map((port) => `${port}/tcp`).sort();
    return verdict(seen.join() === wanted.join(), seen.join(', ') || 'none');
  },
};
