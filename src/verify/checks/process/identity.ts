import { judge, type Check } from '../../check';
import { accountOf } from '../../verified-image';

export const identity: Check = {
  id: 'process/identity',
  expectation: 'every process runs as the user of the manifest, real, effective, saved and file system',
  async run(subject) {
    const { uid, gid } = accountOf(subject.image);
    const processes = await (await subject.server()).processes();
    const others = processes.filter(({ status }) => !isAll(status.get('Uid'), uid) || !isAll(status.get('Gid'), gid));
    return judge(
      others.map(({ pid, command, status }) => `${pid} ${command}: Uid ${status.get('Uid')}, Gid ${status.get('Gid')}`),
      `${processes.length} processes as ${uid}:${gid}`,
    );
  },
};

function isAll(field: string | undefined, id: number): boolean {
  return field !== undefined && field.split(/\s+/).every((value) => Number(value) === id);
}
