import { ImageConstruct, Testing } from '../../../src';
import { afterEachImage, imageIsDone } from '../../../src/synth/after-each-image';

afterEach(() => afterEachImage(undefined));

function synth(...ids: readonly string[]): void {
  const app = Testing.app();
  ids.forEach((id) => new ImageConstruct(app, id, { php: '8.4', platform: 'debian' }));
  Testing.synth(app);
}

test('what is to be done after each image is done once for every image', () => {
  // GIVEN
  const work = jest.fn();
  afterEachImage(work);
  // WHEN
  synth('shop', 'blog', 'mail');
  // THEN
  expect(work).toHaveBeenCalledTimes(3);
});

test('it is done after the image, and not before it', () => {
  // GIVEN images that tell when they are rendered
  const seen: string[] = [];
  const app = Testing.app();
  for (const id of ['blog', 'shop']) {
    const image = new ImageConstruct(app, id, { php: '8.4', platform: 'debian', architectures: ['amd64'] });
    image.patchFile('README.md', (text) => (seen.push(id), text));
  }
  afterEachImage(() => seen.push('done'));
  // WHEN
  Testing.synth(app);
  // THEN
  expect(seen).toEqual(['blog', 'done', 'shop', 'done']);
});

test('nothing is done where nothing is asked for, or is asked for no more', () => {
  // GIVEN
  const work = jest.fn();
  afterEachImage(work);
  afterEachImage(undefined);
  // WHEN
  imageIsDone();
  // THEN
  expect(() => synth('shop')).not.toThrow();
  expect(work).not.toHaveBeenCalled();
});
