import { judge, type Check } from '../../check';
import { tryWrites } from '../write-attempts';

export const writablePaths: Check = {
  id: 'process/writable-paths',
  expectation: 'the runtime user can write to every path that the manifest declares writable',
  async run(subject) {
    const paths = subject.image.writablePaths.map(({ path }) => path);
    const refused = Object.entries(await tryWrites(await subject.server(), paths)).filter(([, done]) => !done);
    return judge(
      refused.map(([path]) => `${path} cannot be written to`),
      paths.join(', '),
    );
  },
};
