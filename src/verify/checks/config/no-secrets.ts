import { judge, type Check } from '../../check';

const SUSPICIOUS = /key|token|auth|password|passwd|secret|credential/i;

export const noSecrets: Check = {
  id: 'config/no-secrets',
  expectation: 'no environment variable of the image is named like a secret',
  async run(subject) {
    const names = (await subject.settings()).environment.map((item) => item.split('=')[0]!);
    return judge(
      names.filter((name) => SUSPICIOUS.test(name)),
      names.join(', '),
    );
  },
};
