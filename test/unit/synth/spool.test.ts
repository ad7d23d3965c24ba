import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeTemporaryDirectories, temporaryDirectory } from './support';
import { ImageApp, ImageConstruct } from '../../../src';

afterEach(removeTemporaryDirectories);

/**
 * The first three are as much as waits in memory. Each is longer than what is read at a time, and characters of the others
 * lie across two reads.
 */
const TEXTS = ['a', 'b', 'c', 'é', '€', '😀'].map(
  (character) => ` ${character.repeat(1_500_000 / character.length)}\n`,
);

/** Synthesizes an image with these texts as files, every second one executable. */
function synthLong(outdir: string): void {
  const app = new ImageApp({ outdir });
  const image = new ImageConstruct(app, 'shop', { php: '8.4', platform: 'debian', architectures: ['amd64'] });
  TEXTS.forEach((content, index) =>
    image.addFile({ target: `/opt/long-${index}`, content, executable: index % 2 === 1 }),
  );
  app.synth();
}

describe.each([
  ['in a file of the temporary directory', () => temporaryDirectory()],
  ['nowhere, because there is no such directory', () => join(temporaryDirectory(), 'missing')],
])('texts that are too much for memory wait %s', (_, makeTemporary) => {
  const { TMPDIR } = process.env;

  afterEach(() => {
    process.env.TMPDIR = TMPDIR;
    if (TMPDIR === undefined) {
      delete process.env.TMPDIR;
    }
  });

  test('and are written as they are', () => {
    // GIVEN
    const outdir = temporaryDirectory();
    process.env.TMPDIR = makeTemporary();
    // WHEN
    synthLong(outdir);
    // THEN
    const paths = TEXTS.map((__, index) => join(outdir, `shop/amd64/config/files/opt/long-${index}`));
    expect(paths.filter((path, index) => readFileSync(path, 'utf8') !== TEXTS[index])).toEqual([]);
    expect(paths.map((path) => lstatSync(path).mode & 0o777)).toEqual([0o644, 0o755, 0o644, 0o755, 0o644, 0o755]);
  });
});
