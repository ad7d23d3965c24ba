import { judge, type Check } from '../../check';
import { LENGTH, stopUnderLoad, type StopUnderLoad } from '../stop-under-load';

export const gracefulStop: Check = {
  id: 'lifecycle/graceful-stop',
  expectation: 'SIGTERM lets requests in flight finish, every body whole, and the container ends with status 0',
  async run(subject) {
    const { answers, exitCode, duration } = await stopUnderLoad(subject);
    const problems = answers.map(problemOf).filter((problem) => problem !== undefined);
    return judge(
      [...problems, ...(exitCode === 0 ? [] : [`it ends with status ${exitCode}`])],
      `${answers.length} requests finished, status 0 after ${(duration / 1000).toFixed(1)} s`,
    );
  },
};

function problemOf(answer: StopUnderLoad['answers'][number]): string | undefined {
  if (answer instanceof Error) {
    return `a request was broken off: ${answer.message}`;
  }
  const whole = answer.text === JSON.stringify(`${'x'.repeat(LENGTH)}end`);
  return answer.status === 200 && whole
    ? undefined
    : `a request was answered ${answer.status}, ${answer.body.length} bytes`;
}
