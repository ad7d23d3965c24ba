import { judge, type Check } from '../../check';
import { endOf } from '../end-of';

export const badSetting: Check = {
  id: 'lifecycle/bad-setting',
  expectation: 'a bad value of an environment variable ends the start, and the log names the variable',
  async run(subject) {
    const container = await subject.launch({ environment: { PHP_MEMORY_LIMIT: 'lots; extension=evil' } });
    const status = await endOf(subject, container, 5000);
    const { stdout, stderr } = await subject.engine.logs(container);
    return judge(
      [
        ...(status === 137 ? ['it still runs'] : []),
        ...(status === 0 ? ['it ends with status 0'] : []),
        ...(/PHP_MEMORY_LIMIT/.test(stdout + stderr)
          ? []
          : [`the log does not name the variable: ${stderr.slice(-200)}`]),
      ],
      `status ${status}: ${stderr.trim().split('\n')[0]}`,
    );
  },
};
