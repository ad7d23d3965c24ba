import { verdict, type Check } from '../../check';

export const user: Check = {
  id: 'config/user',
  expectation: 'the image names the user of the manifest, by numbers, and not root',
  async run(subject) {
    const { user: seen } = await subject.settings();
    return verdict(seen === subject.image.user && /^[1-9]\d*:[1-9]\d*$/.test(seen), `USER ${seen}`);
  },
};
