import { judge, type Check } from '../../check';

export const badSetting: Check = {
  id: 'lifecycle/bad-setting',
  expectation: 'a bad value of an environment variable ends the start, and the log names the variable',
  async run(subject) {
    const container = await subject.launch({ environment: { PHP_MEMORY_LIMIT: 'lots; extension=evil' } });
    const status = await Promise.race([
      subject.engine.wait(container),
      new Promise<undefined>((resolve) => setTimeout(resolve, subject.bound(5000), undefined).unref()),
    ]);
    const { stdout, stderr } = await subject.engine.logs(container);
    return judge(
      [
        ...(status === undefined ? ['it still runs'] : []),
        ...(status === 0 ? ['it ends with status 0'] : []),
        ...(/PHP_MEMORY_LIMIT/.test(stdout + stderr)
          ? []
          : [`the log does not name the variable: ${stderr.slice(-200)}`]),
      ],
      `status ${status}: ${stderr.trim().split('\n')[0]}`,
    );
  },
};
