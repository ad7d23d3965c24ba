import { soundImage } from './support';
import { Testing, type ImageConstruct, type ImageProps } from '../../../src';

/** What the rules of some groups (`RT`, `SUP`) say of an image: for trees that are unusual and sound. */
export function alarms(
  groups: readonly string[],
  props: Partial<ImageProps>,
  change: (image: ImageConstruct) => void = () => undefined,
): string[] {
  const app = Testing.app();
  change(soundImage(app, props));
  return Testing.problems(app)
    .map(({ what }) => what)
    .filter((what) => groups.some((group) => what.startsWith(`${group}-`)) || !/^[A-Z]{2,3}-\d{3} /.test(what));
}

/** A text that has to be there, changed. */
export function edited(text: string, from: string | RegExp, to: string): string {
  const result = text.replace(from, to);
  if (result === text) {
    throw new Error(`nothing is ${String(from)}`);
  }
  return result;
}
