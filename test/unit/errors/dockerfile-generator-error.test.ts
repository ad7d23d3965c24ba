import { DockerfileGeneratorError, EXIT_STATUS, type ErrorType, type Problem } from '../../../src';

const WRONG_PORT: Problem = {
  where: 'shop/nginx',
  what: 'port 0 is not a port',
  why: 'ports begin at 1',
  next: 'give a port',
};
const WRONG_USER: Problem = { where: 'shop', what: 'the user is root', next: 'name another user' };

test('the message tells of every problem: where, what, why and what to do', () => {
  const error = new DockerfileGeneratorError('VALIDATION_ERROR', [WRONG_PORT, WRONG_USER]);
  expect(error.message).toMatchInlineSnapshot(`
"VALIDATION_ERROR: 2 problems

shop/nginx
  port 0 is not a port
  why: ports begin at 1
  do:  give a port

shop
  the user is root
  do:  name another user"
`);
});

test('one problem is not called problems', () => {
  expect(new DockerfileGeneratorError('TEMPLATE_ERROR', [WRONG_USER]).message).toMatch(/^TEMPLATE_ERROR: 1 problem\n/);
});

test('it is an Error with a name, a type, details and a cause', () => {
  const cause = new Error('ENOSPC');
  const error = new DockerfileGeneratorError('FILE_WRITE_ERROR', [WRONG_PORT], { cause });
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({
    name: 'DockerfileGeneratorError',
    type: 'FILE_WRITE_ERROR',
    details: [WRONG_PORT],
    cause,
  });
});

test('what to do next is said once', () => {
  const details = [WRONG_USER, WRONG_PORT, { ...WRONG_USER, where: 'blog' }];
  expect(new DockerfileGeneratorError('VALIDATION_ERROR', details).suggestions).toEqual([
    'name another user',
    'give a port',
  ]);
});

test.each<[ErrorType, number]>([
  ['CONFIG_LOAD_ERROR', 10],
  ['VALIDATION_ERROR', 11],
  ['TEMPLATE_ERROR', 12],
  ['FILE_WRITE_ERROR', 13],
  ['SECURITY_ERROR', 14],
  ['DOCKER_ERROR', 15],
  ['REGISTRY_ERROR', 16],
])('a command that ends with %s has the status %i', (type, status) => {
  expect(new DockerfileGeneratorError(type, []).exitStatus).toBe(status);
});

test('every type has a status of its own, and none is that of drift or of a wrong command line', () => {
  const all = Object.values(EXIT_STATUS);
  expect(new Set([0, 1, 2, 70, ...all]).size).toBe(all.length + 4);
});
