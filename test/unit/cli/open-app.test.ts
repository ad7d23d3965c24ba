import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImageConstruct } from '../../../src';
import { openApp } from '../../../src/cli/open-app';

const SOURCE = join(__dirname, '../../../src');

describe('the module with the images', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'open-app-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  /** Opens a module with this text. */
  function open(text: string) {
    const file = join(directory, 'images.js');
    writeFileSync(file, text);
    return openApp(file, '');
  }

  const IMAGE = `const { ImageConstruct } = require(${JSON.stringify(SOURCE)});`;

  it('may take its time', async () => {
    const app = await open(`${IMAGE}
      module.exports = async (app) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        new ImageConstruct(app, 'late', { php: '8.4', platform: 'debian' });
      };`);
    expect(ImageConstruct.all(app).map(({ node }) => node.id)).toEqual(['late']);
  });

  it.each([
    ['module.exports = () => {};', 'it added no image to the app that it was given'],
    ['module.exports = () => { throw new TypeError("no such thing"); };', 'TypeError: no such thing'],
    ['module.exports = async () => { throw "boom"; };', 'it threw boom'],
    ['module.exports = () => { throw undefined; };', 'it threw undefined'],
    ['module.exports = {};', 'its default export is not a function'],
    ['module.exports = ', 'Unexpected end of input'],
  ])('is refused with its name and the reason, not with a stack: %s', async (text, reason) => {
    const error = await open(text).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ type: 'CONFIG_LOAD_ERROR', exitStatus: 10 });
    expect((error as Error).message).toContain(join(directory, 'images.js'));
    expect((error as Error).message).toContain(reason);
  });
});
