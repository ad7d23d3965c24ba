import { dockerProblem } from '../../../../src/publish/build/docker-problem';

/** What is said of a run of docker that printed something. */
function whatOf(stderr: string): string {
  return dockerProblem('building web/amd64', { status: 1, stdout: '', stderr }).details[0]!.what;
}

test.each([
  ["docker: 'buildx' is not a docker command.\nSee 'docker --help'", 'buildx is not there, or too old'],
  ['docker: unknown command: docker buildx\n', 'buildx is not there, or too old'],
  ["unknown flag: --annotation\nSee 'docker buildx build --help'.", 'buildx is not there, or too old'],
  ['#6 0.1 exec /bin/sh: exec format error', 'this machine cannot run programs of that architecture'],
  ['ERROR: failed to solve: write /x: no space left on device', 'the disk is full'],
  ['Cannot connect to the Docker daemon at unix:///x.sock. Is the docker daemon running?', 'no engine answers'],
])('%s', (stderr, what) => expect(whatOf(stderr)).toBe(what));

test('what a program of the build says of its own flags is not taken for a word of docker', () => {
  const stderr = `#6 0.2 unknown flag: --frobnicate
#6 ERROR: process "/bin/sh -c tool --frobnicate" did not complete successfully: exit code: 2
 > [2/2] RUN tool --frobnicate:
0.200 unknown flag: --frobnicate
ERROR: failed to solve: process "/bin/sh -c tool --frobnicate" did not complete successfully: exit code: 2
`;
  expect(whatOf(stderr)).toBe('process "/bin/sh -c tool --frobnicate" did not complete successfully: exit code: 2');
});

test('what is not known is told by its status', () => {
  expect(whatOf('something else')).toBe('docker ended with status 1');
});
