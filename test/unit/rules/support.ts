import {
  Aspects,
  ImageConstruct,
  SECURITY_PRIORITY,
  Testing,
  type ImageApp,
  type ImageProps,
  type Problem,
} from '../../../src';

/** A tree that breaks one rule, in a way that a person might. */
export interface BreakingCase {
  /** Id of the rule. */
  readonly rule: string;
  /** By which way the rule is broken. */
  readonly by:
    'a prop' | 'a subclass' | 'a construct of one’s own' | 'an aspect' | 'a platform of one’s own' | 'raw text';
  /** What the person did, as the end of a sentence: `server_tokens is switched on`. */
  readonly story: string;
  /** Makes the tree. */
  readonly build: (app: ImageApp) => void;
  /** What the refusal says, in part. */
  readonly says: string;
}

/** The image that cases start from: sound, and for one architecture. */
export function soundImage(app: ImageApp, props: Partial<ImageProps> = {}): ImageConstruct {
  return new ImageConstruct(app, 'shop', { php: '8.4', platform: 'debian', architectures: ['amd64'], ...props });
}

/** A case of raw text: what a person did to a generated file. */
export function rawText(
  rule: string,
  path: string,
  edit: (text: string) => string,
  told: { readonly story: string; readonly says: string; readonly props?: Partial<ImageProps> },
): BreakingCase {
  return {
    rule,
    by: 'raw text',
    story: told.story,
    says: told.says,
    build: (app) => soundImage(app, told.props).patchFile(path, (text) => changed(text, edit)),
  };
}

/** Adds an aspect that changes an image, after the SecurityAspect. */
export function anAspect(image: ImageConstruct, change: (image: ImageConstruct) => void): void {
  const visit = (node: unknown): void => (node === image ? change(image) : undefined);
  Aspects.of(image).add({ visit }, { priority: SECURITY_PRIORITY + 1 });
}

/** The problems that a rule finds in the tree of a case. */
export function refusals({ rule, build }: Pick<BreakingCase, 'rule' | 'build'>): Problem[] {
  const app = Testing.app();
  build(app);
  return Testing.problems(app).filter(({ what }) => what.startsWith(`${rule} `));
}

/** An edit that finds nothing to change would test nothing. */
function changed(text: string, edit: (text: string) => string): string {
  const result = edit(text);
  if (result === text) {
    throw new Error('the edit of this case changes nothing');
  }
  return result;
}
