import { judge, skip, type Check } from '../../check';
import type { Server } from '../../server';
import { setAside, standIn } from '../../set-aside';
import { sleep } from '../../sleep';

/** Milliseconds in which the turn of every service comes. */
const TURN = 5000;

export const programsSetAside: Check = {
  id: 'process/set-aside',
  expectation:
    'what needs the application is not run here; its programs are in the image, may be run, and get their turn',
  async run(subject) {
    const aside = setAside(subject.image);
    if (aside.length === 0) {
      return skip('nothing of the image needs the application');
    }
    const jobs = (subject.image.services ?? []).filter(({ kind }) => kind === 'cron');
    const programs = new Map([...aside, ...jobs].map(({ name, command }) => [name, command[0] ?? '']));
    const server = await subject.server();
    const missing = JSON.parse(await server.php(MISSING, '--', ...programs.values())) as string[];
    const waiting = aside.filter(({ kind }) => kind === 'longrun').map(({ name }) => name);
    const late = await stillWaiting(server, waiting, subject.bound(TURN));
    return judge(
      [
        ...[...programs]
          .filter(([, program]) => missing.includes(program))
          .map((pair) => `${pair.join(': ')} cannot be run`),
        ...late.map((name) => `${name} does not get its turn: it waits for another service, or keeps dying`),
      ],
      aside.map(({ name }) => name).join(', '),
    );
  },
};

/** Services in whose place nothing stands in yet when the time is over. */
async function stillWaiting(server: Server, names: readonly string[], patience: number): Promise<string[]> {
  for (const begin = performance.now(); ; await sleep(100)) {
    const commands = (await server.processes()).map(({ command }) => command);
    const late = names.filter((name) => !commands.includes(standIn(name).join(' ')));
    if (late.length === 0 || performance.now() - begin > patience) {
      return late;
    }
  }
}

/** Prints those of its arguments that are no programs: neither a path nor in PATH. */
const MISSING = `
$found = function (string $program) {
    $places = strpos($program, '/') === false ? explode(':', getenv('PATH')) : [''];
    return array_filter($places, function (string $place) use ($program) {
        return is_executable($place === '' ? $program : "$place/$program");
    });
};
echo json_encode(array_values(array_filter(array_slice($argv, 1), function (string $program) use ($found) { return !$found($program); })));`;
