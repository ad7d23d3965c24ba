import { judge, type Check } from '../../check';
import { accountOf } from '../../verified-image';

export const ownership: Check = {
  id: 'files/ownership',
  expectation:
    'root owns everything but the declared writable paths, and only root writes to it; neither the runtime user nor group 0 can',
  async run(subject) {
    const { uid, gid } = accountOf(subject.image);
    const declared = subject.image.writablePaths.map(({ path }) => path);
    const files = await subject.files();
    const wrong = files
      .filter(({ path }) => !declared.some((place) => path === place || path.startsWith(`${place}/`)))
      .filter((file) => file.uid === uid || file.gid === gid || (file.kind !== 'symlink' && (file.mode & 0o020) !== 0));
    return judge(
      wrong.map((file) => `${file.path} is ${file.mode.toString(8)} of ${file.uid}:${file.gid}`),
      `${files.length} files, ${declared.length} writable paths`,
    );
  },
};
