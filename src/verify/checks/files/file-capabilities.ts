import { judge, type Check } from '../../check';

export const fileCapabilities: Check = {
  id: 'files/file-capabilities',
  expectation: 'no file has capabilities',
  async run(subject) {
    const files = await subject.files();
    const found = files.filter(({ attributes }) => attributes.includes('security.capability'));
    return judge(
      found.map(({ path }) => path),
      `none of ${files.length}`,
    );
  },
};
