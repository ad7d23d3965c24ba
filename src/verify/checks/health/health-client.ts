import { skip, verdict, type Check } from '../../check';

/** Milliseconds. */
const BOUND = 100;

/** Runs a program some times and prints its exit statuses and how many milliseconds the middle one of them took. */
const MEASURE = `
$runs = [];
for ($run = 0; $run < 7; $run++) {
    $begin = microtime(true);
    $status = proc_close(proc_open(array_slice($argv, 1), [], $pipes));
    $runs[] = [1000 * (microtime(true) - $begin), $status];
}
sort($runs);
echo json_encode(['median' => $runs[3][0], 'worst' => max(array_column($runs, 1))]);`;

export const healthClient: Check = {
  id: 'health/health-client',
  expectation: 'the client of the health check answers within 100 ms',
  async run(subject) {
    const [form, ...command] = (await subject.settings()).healthcheck ?? [];
    if (form !== 'CMD') {
      return skip('the image has no health check without a shell');
    }
    const server = await subject.server();
    const { median, worst } = JSON.parse(await server.php(MEASURE, '--', ...command)) as Record<string, number>;
    const seen = `${Math.round(median!)} ms, the middle one of 7; status ${worst}`;
    return verdict(worst === 0 && median! <= subject.bound(BOUND), seen);
  },
};
