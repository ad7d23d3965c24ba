import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contents, listing, removeTemporaryDirectories, temporaryDirectory } from './support';
import { writeCacheFile } from '../../../src/synth/cache-file';

describe('a file that can be lost', () => {
  let directory: string;

  beforeEach(() => {
    directory = temporaryDirectory();
  });

  afterEach(removeTemporaryDirectories);

  it('is written with the directories above it, and leaves nothing beside it', () => {
    // WHEN
    writeCacheFile(join(directory, 'a/b/config.json'), '{}');
    writeCacheFile(join(directory, 'a/b/synth.json'), '[]');
    // THEN
    expect(contents(directory)).toEqual({ 'a/b/config.json': '{}', 'a/b/synth.json': '[]' });
  });

  it('comes as a whole in the place of the one before, which whoever reads it keeps', () => {
    // GIVEN
    const path = join(directory, 'config.json');
    writeCacheFile(path, 'before');
    linkSync(path, join(directory, 'who-reads-it'));
    // WHEN
    writeCacheFile(path, 'after');
    // THEN
    expect(contents(directory)).toEqual({ 'config.json': 'after', 'who-reads-it': 'before' });
  });

  it.each([
    ['a file stands where its directory belongs', 'file/config.json'],
    ['a directory stands where it belongs', 'taken'],
  ])('is forgotten where %s', (_, name) => {
    // GIVEN
    writeFileSync(join(directory, 'file'), 'mine');
    mkdirSync(join(directory, 'taken/by-a-person'), { recursive: true });
    // WHEN
    writeCacheFile(join(directory, name), '{}');
    // THEN
    expect(listing(directory)).toMatchObject({
      file: { content: 'mine' },
      taken: { kind: 'directory' },
      'taken/by-a-person': { kind: 'directory' },
    });
  });
});
