import { judge, type Check } from '../../check';

export const setuid: Check = {
  id: 'files/setuid',
  expectation: 'no file or directory is setuid or setgid',
  async run(subject) {
    const files = await subject.files();
    const found = files.filter(({ mode }) => (mode & 0o6000) !== 0);
    return judge(
      found.map(({ path, mode }) => `${path} is ${mode.toString(8)}`),
      `none of ${files.length}`,
    );
  },
};
