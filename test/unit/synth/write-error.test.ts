import { DockerfileGeneratorError } from '../../../src';
import { codeOf, obstacle, writeError } from '../../../src/synth/write-error';

function failure(code?: string): Error {
  return Object.assign(new Error('it failed'), code === undefined ? {} : { code });
}

test('the code of an error is told, and none of what has none', () => {
  expect([failure('ENOENT'), failure(), undefined, 'x'].map(codeOf)).toEqual(['ENOENT', ...Array(3).fill(undefined)]);
});

it.each([
  ['EACCES', 'make it writable for you, or choose another output directory'],
  ['EDQUOT', 'free some of your quota and synthesize again'],
  ['EEXIST', 'name a directory with --output, or move that file away'],
  ['EISDIR', 'move that directory away'],
  ['ENOSPC', 'free some space and synthesize again'],
  ['ENOTDIR', 'move the file that stands where a directory belongs away'],
  ['EPERM', 'make it writable for you, or choose another output directory'],
  ['EROFS', 'choose an output directory on a file system that is writable'],
  ['EIO', 'mend this and synthesize again'],
])('after %s one has to %s', (code, next) => {
  const cause = failure(code);
  const error = writeError('output/x', cause);
  expect(error).toBeInstanceOf(DockerfileGeneratorError);
  expect(error).toMatchObject({
    type: 'FILE_WRITE_ERROR',
    details: [{ where: 'output/x', what: 'it failed', next }],
    cause,
  });
});

test('an error that is not of the file system stays what it is', () => {
  const errors = [failure(), undefined, obstacle('x', 'a link'), Object.assign(obstacle('x', 'y'), { code: 'EIO' })];
  errors.forEach((error) => expect(writeError('output/x', error)).toBe(error));
});

test('an obstacle is told with its place', () => {
  expect(obstacle('output/x', 'a link stands here')).toMatchObject({
    type: 'FILE_WRITE_ERROR',
    details: [{ where: 'output/x', what: 'a link stands here' }],
  });
});
