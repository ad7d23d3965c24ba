import { judge, type Check } from '../../check';

export const worldWritable: Check = {
  id: 'files/world-writable',
  expectation: 'nothing is writable to all but the declared tmpfs',
  async run(subject) {
    const declared = subject.image.writablePaths.filter(({ kind }) => kind === 'tmpfs').map(({ path }) => path);
    const found = (await subject.files()).filter(({ mode, kind }) => kind !== 'symlink' && (mode & 0o002) !== 0);
    const others = found.filter(({ path }) => !declared.includes(path));
    return judge(
      others.map(({ path, mode }) => `${path} is ${mode.toString(8)}`),
      found.map(({ path }) => path).join(', ') || 'nothing at all',
    );
  },
};
