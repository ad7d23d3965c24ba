import { verdict, type Check } from '../../check';

export const oneOffCommand: Check = {
  id: 'lifecycle/one-off-command',
  expectation: 'arguments are a command that runs without the servers, and gives back its exit status',
  async run(subject) {
    const { status, stdout } = await subject.command('php', '-r', 'echo PHP_SAPI; exit(7);');
    return verdict(status === 7 && stdout === 'cli', `status ${status}, ${JSON.stringify(stdout.slice(0, 200))}`);
  },
};
