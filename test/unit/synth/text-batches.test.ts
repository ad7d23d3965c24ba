import { CHUNK, TextBatches } from '../../../src/synth/text-batches';

/** The batches of texts, each copied before the next is asked for. */
function batchesOf(texts: Iterable<string>, batches = new TextBatches()): string[] {
  return Array.from(batches.of(texts), (bytes) => bytes.toString());
}

/** As long a text as has room for sure with one letter before it: a unit takes three bytes at most. */
const FILLS = (CHUNK - 1) / 3;

describe('bytes of texts', () => {
  it('come a mebibyte at a time', () => {
    expect(CHUNK).toBe(1_048_576);
  });

  it.each<[string, string[], string[]]>([
    ['short ones come together', ['a', 'é€', '', '😀\n'], ['aé€😀\n']],
    ['no texts have none', [], []],
    ['empty texts have none', ['', ''], []],
    ['as many as have room come together', ['a', 'b'.repeat(FILLS)], [`a${'b'.repeat(FILLS)}`]],
    ['one that may have no room comes next', ['a', 'b', 'c'.repeat(FILLS), 'd'], ['ab', `${'c'.repeat(FILLS)}d`]],
    ['a long one comes alone', ['a', '€'.repeat(400_000), 'b', 'c'], ['a', '€'.repeat(400_000), 'bc']],
    [
      'long ones come one by one',
      ['€'.repeat(400_000), 'x'.repeat(400_000)],
      ['€'.repeat(400_000), 'x'.repeat(400_000)],
    ],
  ])('%s', (_, texts, expected) => {
    const batches = batchesOf(texts);
    expect(batches.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
    expect(batches.every((text, index) => text === expected[index])).toBe(true);
  });

  it('what UTF-8 cannot say is replaced, in a short text as in a long one', () => {
    expect(batchesOf(['\ud800'])).toEqual(['\ufffd']);
    expect(batchesOf([`\ud800${'x'.repeat(FILLS + 1)}`])[0]!.startsWith('\ufffdx')).toBe(true);
  });

  it('lie in one buffer, of short texts all the time', () => {
    // GIVEN
    const batches = new TextBatches();
    // WHEN
    const [first] = [...batches.of(['first'])];
    const [second] = [...batches.of(['second one'])];
    // THEN
    expect(second!.buffer).toBe(first!.buffer);
    expect(first!.toString()).toBe('secon');
  });

  it('are not made of what nobody asks for', () => {
    // GIVEN
    const read: string[] = [];
    function* texts(): Generator<string> {
      for (const text of ['a', 'b'.repeat(FILLS + 1), 'c']) {
        read.push(text[0]!);
        yield text;
      }
    }
    // WHEN
    new TextBatches().of(texts()).next();
    // THEN
    expect(read).toEqual(['a', 'b']);
  });
});
