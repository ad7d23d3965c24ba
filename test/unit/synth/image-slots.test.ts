import { ImageSlots } from '../../../src/synth/image-slots';
import type { OutputFile } from '../../../src/synth/render-image';

function file(path: string, content: string, executable = false): OutputFile {
  return { path, content, executable };
}

/** What comes out of slots that have ended, copied while it is there. */
function taken(slots: ImageSlots): Array<[string, Array<[string, string, boolean]>]> {
  const images: Array<[string, Array<[string, string, boolean]>]> = [];
  for (const { name, files } of new ImageSlots(slots.memory).images()) {
    images.push([
      name,
      [...files].map(({ path, content, executable }) => [path, Buffer.from(content).toString(), executable]),
    ]);
  }
  return images;
}

describe('images on their way to another thread', () => {
  it('come out as they were put in, in their order', () => {
    // GIVEN
    const slots = new ImageSlots();
    slots.put('shop', [file('shop/README.md', '# Käse 🧀\n'), file('shop/amd64/run.sh', '', true)]);
    slots.put('blog', [file('blog/README.md', '\ud800'), file('blog/a', 'first'), file('blog/b', 'second')]);
    // WHEN
    slots.end();
    // THEN what UTF-8 cannot say is replaced as writeFileSync replaces it
    expect(taken(slots)).toEqual([
      [
        'shop',
        [
          ['shop/README.md', '# Käse 🧀\n', false],
          ['shop/amd64/run.sh', '', true],
        ],
      ],
      [
        'blog',
        [
          ['blog/README.md', '\ufffd', false],
          ['blog/a', 'first', false],
          ['blog/b', 'second', false],
        ],
      ],
    ]);
  });

  it.each([
    ['much too large', 'x'.repeat(2_000_000)],
    ['of as many bytes as there are', 'x'.repeat(512 * 1024)],
    ['cut off in the middle of a character', `${'x'.repeat(512 * 1024 - 2)}🧀`],
    ['without room for its index', 'x'.repeat(512 * 1024 - 20)],
  ])('are not taken where one is %s, and the next one is', (_, content) => {
    // GIVEN
    const slots = new ImageSlots();
    // WHEN
    const isTaken = slots.put('great', [file('great/a', 'first'), file('great/b', content)]);
    // THEN
    expect(isTaken).toBe(false);
    expect(slots.put('small', [file('small/a', 'x')])).toBe(true);
    slots.end();
    expect(taken(slots)).toEqual([['small', [['small/a', 'x', false]]]]);
  });

  it('are taken where they have just room, with what tells of them, and no more', () => {
    // GIVEN
    const room = 512 * 1024 - 4 - JSON.stringify({ name: 'shop', index: [['shop/a', 500_000, false]] }).length;
    const [fits, exceeds] = ['x'.repeat(room), 'x'.repeat(room + 1)];
    const slots = new ImageSlots();
    // WHEN
    const put = [exceeds, fits].map((content) => slots.put('shop', [file('shop/a', content)]));
    // THEN
    expect(put).toEqual([false, true]);
    slots.end();
    const [[, [[, content]]]] = taken(slots) as [[string, [[string, string, boolean]]]];
    expect(content === fits).toBe(true);
  });

  it('come out of the slots as they went in, when these have been used before', () => {
    // GIVEN
    const slots = new ImageSlots(undefined, 100);
    const images = new ImageSlots(slots.memory).images();
    const names = Array.from({ length: 10 }, (_, index) => `shop-${index}`);
    // WHEN one is on its way while the one before it is taken
    slots.put('first', []);
    const came = names.map((name) => {
      slots.put(name, [file(`${name}/a`, 'x'.repeat(name.length))]);
      return images.next().value?.name as unknown;
    });
    // THEN
    expect(came).toEqual(['first', ...names.slice(0, -1)]);
    expect(slots.drain()).toBe(false);
  });

  it('are not gone while one of them waits, whichever slot it is in', () => {
    // GIVEN
    const slots = new ImageSlots(undefined, 20);
    const images = new ImageSlots(slots.memory).images();
    ['shop', 'blog'].forEach((name) => slots.put(name, []));
    // WHEN
    images.next();
    images.next();
    // THEN
    expect(slots.drain()).toBe(false);
  });

  it('stay where they are when the end comes before they are taken', () => {
    // GIVEN
    const slots = new ImageSlots(undefined, 20);
    ['a', 'b', 'c', 'd'].forEach((name) => slots.put(name, []));
    // WHEN
    slots.end();
    // THEN
    expect(new ImageSlots(slots.memory).images().next()).toMatchObject({ done: false, value: { name: 'a' } });
  });

  it('are not taken any more when either side has given up', () => {
    // GIVEN
    const slots = new ImageSlots();
    expect(slots.put('shop', [])).toBe(true);
    // WHEN
    new ImageSlots(slots.memory).giveUp();
    // THEN
    expect(slots.isVain).toBe(true);
    expect(slots.put('blog', [])).toBe(false);
    slots.end();
    expect(taken(slots)).toEqual([['shop', []]]);
  });

  it('are gone only when the slots are empty', () => {
    // GIVEN
    const slots = new ImageSlots();
    slots.put('shop', []);
    slots.end();
    // WHEN
    taken(slots);
    // THEN
    expect(slots.drain()).toBe(true);
    slots.giveUp();
    expect(slots.drain()).toBe(false);
  });

  it('wait once for a thread that does not come', () => {
    // GIVEN
    const slots = new ImageSlots(undefined, 200);
    const begin = performance.now();
    // WHEN
    const put = Array.from({ length: 9 }, (_, index) => slots.put(`shop-${index}`, []));
    // THEN
    expect([put.filter(Boolean).length, slots.drain()]).toEqual([4, false]);
    slots.end();
    expect(performance.now() - begin).toBeLessThan(900);
  });
});
