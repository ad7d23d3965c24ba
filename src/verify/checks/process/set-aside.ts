import { judge, skip, type Check } from '../../check';
import { setAside } from '../../set-aside';

export const programsSetAside: Check = {
  id: 'process/set-aside',
  expectation: 'what needs the application is not run here; its programs are in the image, and may be run',
  async run(subject) {
    const aside = setAside(subject.image);
    if (aside.length === 0) {
      return skip('nothing of the image needs the application');
    }
    const jobs = (subject.image.services ?? []).filter(({ kind }) => kind === 'cron');
    const programs = new Map([...aside, ...jobs].map(({ name, command }) => [name, command[0] ?? '']));
    const server = await subject.server();
    const missing = JSON.parse(await server.php(MISSING, '--', ...programs.values())) as string[];
    return judge(
      [...programs]
        .filter(([, program]) => missing.includes(program))
        .map((pair) => `${pair.join(': ')} cannot be run`),
      aside.map(({ name }) => name).join(', '),
    );
  },
};

/** Prints those of its arguments that are no programs: neither a path nor in PATH. */
const MISSING = `
$found = function (string $program) {
    $places = strpos($program, '/') === false ? explode(':', getenv('PATH')) : [''];
    return array_filter($places, function (string $place) use ($program) {
        return is_executable($place === '' ? $program : "$place/$program");
    });
};
echo json_encode(array_values(array_filter(array_slice($argv, 1), function (string $program) use ($found) { return !$found($program); })));`;
