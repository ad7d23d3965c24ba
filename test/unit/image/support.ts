import type { Construct } from 'constructs';
import {
  ImageConstruct,
  ImagePart,
  Testing,
  type ImageApp,
  type ImageProps,
  type Problem,
  type TestSynthesis,
} from '../../../src';

/** A small image: one architecture of Debian's own PHP. */
export const SHOP: ImageProps = { php: '8.4', platform: 'debian', architectures: ['amd64'] };

/** An app with one image, `shop`. */
export function shopApp(props: Partial<ImageProps> = {}): { app: ImageApp; shop: ImageConstruct } {
  const app = Testing.app();
  return { app, shop: new ImageConstruct(app, 'shop', { ...SHOP, ...props }) };
}

/** The image `shop`, synthesized into memory. */
export function synthShop(props: Partial<ImageProps> = {}): TestSynthesis {
  return Testing.synth(shopApp(props).app);
}

/** What is wrong with the image `shop`. */
export function problemsOfShop(props: Partial<ImageProps>): readonly Problem[] {
  return Testing.problems(shopApp(props).app);
}

/** A person's own construct, made of a function. */
export class OwnPart extends ImagePart {
  constructor(scope: Construct, id: string, contribute: (part: ImagePart) => void) {
    super(scope, id);
    contribute(this);
  }
}

/** A construct of a person whose own code throws. */
export class BrokenPart extends OwnPart {
  override renderFiles(): never {
    throw new RangeError('mine');
  }
}

/** What is wrong with `shop` when a construct of one's own, `shop/own`, contributes something. */
export function problemsOfPart(
  contribute: (part: ImagePart) => void,
  props: Partial<ImageProps> = {},
): readonly Problem[] {
  const { app, shop } = shopApp(props);
  new OwnPart(shop, 'own', contribute);
  return Testing.problems(app);
}
