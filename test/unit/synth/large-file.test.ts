import { largeFile } from '../../../src/synth/large-file';

describe('a file in pieces', () => {
  it('is its pieces, one after the other, as often as somebody asks for the whole', () => {
    // GIVEN
    const texts = ['{', '"a": 1', '}\n'];
    // WHEN
    const file = largeFile('report.json', texts);
    // THEN
    expect(file).toMatchObject({ path: 'report.json', executable: false, texts });
    expect([file.content, file.content]).toEqual(['{"a": 1}\n', '{"a": 1}\n']);
  });

  it('is executable where that is said', () => {
    expect([true, false].map((executable) => largeFile('run', [], executable).executable)).toEqual([true, false]);
  });

  it('is not put together before somebody asks for the whole', () => {
    // GIVEN
    let asked = 0;
    const texts = {
      *[Symbol.iterator]() {
        asked++;
        yield 'text';
      },
    };
    // WHEN
    const file = largeFile('report.json', texts);
    // THEN
    expect(asked).toBe(0);
    expect([file.content, asked]).toEqual(['text', 1]);
  });
});
